import { ListConfigurationSetsCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/engine.ts';
import { aStack } from './local-stack.ts';

describe.each(engines())('an email sent with an AWS SDK, on $name', ({ kind }) => {
  let local: Awaited<ReturnType<typeof aStack>>;
  let ses: SESv2Client;
  beforeAll(async () => {
    local = await aStack(kind);
    ses = new SESv2Client({
      endpoint: local.stack.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
  });
  afterAll(async () => {
    ses?.destroy();
    await local?.stack.stop();
  });

  const send = async (address: string, configured = true) => {
    const { ConfigurationSets = [] } = await ses.send(new ListConfigurationSetsCommand({}));
    const { MessageId = '' } = await ses.send(
      new SendEmailCommand({
        FromEmailAddress: 'office@club.example',
        Destination: { ToAddresses: [address] },
        Content: { Simple: { Subject: { Data: 'Club evening' }, Body: { Text: { Data: 'See you there.' } } } },
        ...(configured && { ConfigurationSetName: ConfigurationSets[0] }),
        EmailTags: [{ Name: 'campaign', Value: 'evening' }],
      }),
    );
    await local.settle();
    return MessageId;
  };

  it.each([
    ['success+a@simulator.amazonses.com', 'delivered'],
    ['bounce+a@simulator.amazonses.com', 'bounced_hard'],
    ['ooto+a@simulator.amazonses.com', 'delivered'],
    ['complaint+a@simulator.amazonses.com', 'complained'],
    ['suppressionlist+a@simulator.amazonses.com', 'bounced_hard'],
    ['ann@example.com', 'delivered'],
  ])('to %s ends as %s', async (address, status) => {
    const messageId = await send(address);

    expect(await local.email(messageId, address)).toMatchObject({
      status,
      subject: 'Club evening',
      campaignId: 'evening',
    });
    await expect(local.suppression(address)).rejects.toMatchObject({ status: 404 });
  });

  it('without the configuration set is not recorded, because SES publishes no events', async () => {
    const messageId = await send('bo@example.com', false);

    await expect(local.message(messageId)).rejects.toMatchObject({ status: 404 });
  });
});
