import { BadRequestException, NotFoundException, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EICAR } from '../../../local/ses/virus-scan.ts';
import { html, raw, startSes, to } from './ses-server.ts';

let ses: Awaited<ReturnType<typeof startSes>>;
beforeEach(async () => {
  ses = await startSes();
});
afterEach(() => ses.stop());

const people = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@example.com`);
const refused = (input: Partial<SendEmailCommandInput>) => expect(ses.send(input)).rejects;

describe('SendEmail', () => {
  it('returns an id in SES’s format, which contains the time', async () => {
    const before = Date.now();
    const { MessageId = '' } = await ses.send();

    expect(MessageId).toMatch(/^0100[0-9a-f]{12}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-000000$/);
    expect(Number.parseInt(MessageId.slice(4, 16), 16)).toBeGreaterThanOrEqual(before);
  });

  it('gives every email a different id, also within one millisecond', async () => {
    const answers = await Promise.all(people(20).map((address) => ses.send(to(address))));

    expect(new Set(answers.map(({ MessageId }) => MessageId)).size).toBe(20);
  });

  it('rejects a configuration set that does not exist', async () => {
    await refused({ ConfigurationSetName: 'other' }).toThrow(NotFoundException);
  });

  it('accepts 50 recipients over To, Cc and Bcc, and no more', async () => {
    const Destination = { ToAddresses: people(20), CcAddresses: people(20), BccAddresses: people(10) };
    await ses.send({ Destination });

    const more = { ...Destination, BccAddresses: people(11) };
    await refused({ Destination: more }).toThrow('Recipient count exceeds 50.');
  });

  it.each([
    ['no recipient', 'At least one recipient', to()],
    ['a local part that is not ASCII', 'non-ASCII', to('jürgen@example.com')],
    ['a domain that is not in Punycode', 'Punycode', to('ann@bücher.example')],
    ['no domain', "Missing final '@domain'", to('ann')],
    ['no user name', 'User name is missing', to('@example.com')],
    ['a domain with an empty label', 'illegal character', to('ann@example..com')],
    ['no sender', 'FromEmailAddress', { FromEmailAddress: undefined }],
    ['a sender that is not an address', "Missing final '@domain'", { FromEmailAddress: 'Office' }],
    ['a tag name with a colon', 'tag name', { EmailTags: [{ Name: 'a:b', Value: 'c' }] }],
    ['a tag value with a space', 'tag value', { EmailTags: [{ Name: 'a', Value: 'b c' }] }],
    ['a tag value of 257 characters', '256', { EmailTags: [{ Name: 'a', Value: 'x'.repeat(257) }] }],
    ['a tag without value', 'tag value is missing', { EmailTags: [{ Name: 'a', Value: '' }] }],
    ['no content', 'exactly one of Simple', { Content: {} }],
    ['no body', 'Body', { Content: { Simple: { Subject: { Data: 'Hi' }, Body: {} } } }],
    ['two forms of content', 'exactly one of Simple', { Content: { ...html('x'), ...raw('A: b').Content } }],
    [
      'a template given twice',
      'exactly one of TemplateName',
      { Content: { Template: { TemplateName: 'a', TemplateContent: { Subject: 'b' } } } },
    ],
    [
      'template data that is not JSON',
      'TemplateData',
      { Content: { Template: { TemplateName: 'a', TemplateData: '{' } } },
    ],
    [
      'a raw message without recipients',
      'At least one recipient',
      { ...raw('From: a@club.example', '', 'x'), Destination: undefined },
    ],
    [
      'a header name with a colon',
      'header name',
      { Content: { Simple: { ...html('x').Simple, Headers: [{ Name: 'A:', Value: 'b' }] } } },
    ],
  ] as [string, string, Partial<SendEmailCommandInput>][])(
    'rejects %s, and publishes nothing',
    async (_, reason, input) => {
      await refused(input).toSatisfy((error) => error instanceof BadRequestException && error.message.includes(reason));

      expect(ses.ses.pending()).toBe(0);
    },
  );

  it('accepts the tags that SES’s feedback loops need', async () => {
    await ses.send({ EmailTags: [{ Name: 'ses:feedback-id-a', Value: 'club' }] });
  });

  it('accepts list management options', async () => {
    await ses.send({ ListManagementOptions: { ContactListName: 'members', TopicName: 'news' } });
  });

  it('rejects an attachment with a virus, for all recipients', async () => {
    const Attachments = [{ FileName: 'eicar.com', RawContent: Buffer.from(EICAR) }];
    await ses.send({ ...to(...people(2)), Content: { Simple: { ...html('x').Simple, Attachments } as never } });
    await ses.settle();

    expect(ses.published.map(({ eventType }) => eventType)).toEqual(['Send', 'Reject']);
    expect(ses.published[1]?.event.reject).toEqual({ reason: 'Bad content' });
  });

  it('rejects an unknown operation', async () => {
    const answer = await fetch(`${ses.url}/v2/email/dedicated-ips`);

    expect(answer.status).toBe(404);
    expect(answer.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
  });

  it('rejects a body that is not JSON', async () => {
    const answer = await fetch(`${ses.url}/v2/email/outbound-emails`, { method: 'POST', body: '{"Content":' });

    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-amzn-errortype')).toBe('SerializationException');
  });
});
