import {
  AlreadyExistsException,
  BadRequestException,
  CreateEmailIdentityCommand,
  DeleteEmailIdentityCommand,
  GetEmailIdentityCommand,
  ListEmailIdentitiesCommand,
  MessageRejected,
  NotFoundException,
  paginateListEmailIdentities,
} from '@aws-sdk/client-sesv2';
import { describe, expect, it, onTestFinished } from 'vitest';
import { raw, startSes } from './ses-server.ts';

const start = async (identities: Record<string, boolean> = { 'club.example': true }) => {
  const ses = await startSes({ settings: { identities, identityCallRate: 1_000_000 } });
  onTestFinished(ses.stop);
  const sendFrom = (FromEmailAddress: string) => ses.send({ FromEmailAddress });
  return { ...ses, sendFrom };
};

describe('an identity', () => {
  it.each([
    ['an address of a domain', 'club.example', 'office@club.example'],
    ['a domain in any case', 'Club.Example', 'office@CLUB.example'],
    ['a subdomain, however deep', 'club.example', 'office@mail.news.club.example'],
    ['an address', 'office@club.example', 'Office <office@club.example>'],
    ['an address with a label', 'office@club.example', 'office+news@club.example'],
  ])('lets %s send', async (_, identity, from) => {
    const { sendFrom } = await start({ [identity]: true });

    await sendFrom(from);
  });

  it.each([
    ['another domain', { 'club.example': true }, 'office@clubs.example'],
    ['a domain that ends the same', { 'club.example': true }, 'office@myclub.example'],
    ['the domain above', { 'news.club.example': true }, 'office@club.example'],
    ['another address of a verified address’s domain', { 'office@club.example': true }, 'desk@club.example'],
    ['another case of a verified address’s local part', { 'office@club.example': true }, 'Office@club.example'],
    ['an identity that is not verified yet', { 'club.example': false }, 'office@club.example'],
  ])('does not allow %s to send', async (_, identities, from) => {
    const { sendFrom, ses } = await start(identities as Record<string, boolean>);

    await expect(sendFrom(from)).rejects.toThrow(MessageRejected);
    expect([ses.pending(), ses.mailbox()]).toEqual([0, []]);
  });

  it('that is missing is reported in SES’s wording, with the sender as written', async () => {
    const { sendFrom } = await start();

    await expect(sendFrom('Office <office@other.example>')).rejects.toMatchObject({
      name: 'MessageRejected',
      message:
        'Email address is not verified. The following identities failed the check in region US-EAST-1: Office <office@other.example>',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('is required for a raw message’s From too', async () => {
    const { send } = await start();
    const content = raw('From: Boss <boss@other.example>', 'To: ann@example.com', 'Subject: x', '', 'x');

    await expect(send({ ...content, FromEmailAddress: 'office@club.example' })).rejects.toThrow(
      'US-EAST-1: Boss <boss@other.example>',
    );
  });

  it('is created verified, returned, listed and deleted', async () => {
    const { client, sendFrom } = await start({ 'club.example': false });
    const EmailIdentity = 'other.example';
    const created = await client.send(new CreateEmailIdentityCommand({ EmailIdentity }));
    const got = await client.send(new GetEmailIdentityCommand({ EmailIdentity }));
    const { EmailIdentities } = await client.send(new ListEmailIdentitiesCommand({}));
    await sendFrom('a@other.example');
    await client.send(new DeleteEmailIdentityCommand({ EmailIdentity }));

    expect(created).toMatchObject({ IdentityType: 'DOMAIN', VerifiedForSendingStatus: true });
    expect(got).toMatchObject({ VerifiedForSendingStatus: true, VerificationStatus: 'SUCCESS' });
    expect(EmailIdentities).toEqual([
      {
        IdentityType: 'DOMAIN',
        IdentityName: 'club.example',
        SendingEnabled: false,
        VerificationStatus: 'PENDING',
      },
      {
        IdentityType: 'DOMAIN',
        IdentityName: 'other.example',
        SendingEnabled: true,
        VerificationStatus: 'SUCCESS',
      },
    ]);
    await expect(sendFrom('a@other.example')).rejects.toThrow(MessageRejected);
  });

  it('is pending if it is not verified, and not found if only its domain exists', async () => {
    const { client } = await start({ 'office@pending.example': false, 'club.example': true });
    const get = (EmailIdentity: string) => client.send(new GetEmailIdentityCommand({ EmailIdentity }));

    expect(await get('office@pending.example')).toMatchObject({
      IdentityType: 'EMAIL_ADDRESS',
      VerifiedForSendingStatus: false,
      VerificationStatus: 'PENDING',
    });
    await expect(get('office@club.example')).rejects.toThrow(NotFoundException);
  });

  it('is rejected if it exists already, is invalid, or is to be deleted and does not exist', async () => {
    const { client } = await start();
    const create = (EmailIdentity: string) => client.send(new CreateEmailIdentityCommand({ EmailIdentity }));

    await expect(create('CLUB.example')).rejects.toThrow(AlreadyExistsException);
    for (const wrong of ['club', 'a b.example', '@club.example']) {
      await expect(create(wrong)).rejects.toThrow(BadRequestException);
    }
    const missing = new DeleteEmailIdentityCommand({ EmailIdentity: 'other.example' });
    await expect(client.send(missing)).rejects.toThrow(NotFoundException);
  });

  it('is listed in pages', async () => {
    const { client } = await start({ 'a.example': true, 'b.example': true, 'c.example': true });
    const pages: unknown[] = [];
    for await (const { EmailIdentities } of paginateListEmailIdentities({ client, pageSize: 2 }, {})) {
      pages.push(EmailIdentities?.map(({ IdentityName }) => IdentityName));
    }

    expect(pages).toEqual([['a.example', 'b.example'], ['c.example']]);
  });

  it('is also listed by a GET with a query, as older SDKs send it', async () => {
    const { url } = await start({ 'a.example': true, 'b.example': true });
    const answer = await fetch(`${url}/v2/email/identities?PageSize=1`);

    expect(await answer.json()).toMatchObject({
      EmailIdentities: [{ IdentityName: 'a.example' }],
      NextToken: expect.any(String),
    });
  });
});
