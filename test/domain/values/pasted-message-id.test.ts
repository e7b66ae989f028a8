import { describe, expect, it } from 'vitest';
import { messageIdsIn } from '../../../lambdas/domain/values/pasted-message-id.ts';

const ID = '0102019ab4c5e2ef-d94043fa-ca37-5cc8-b1c7-7797b34f927a-000000';

describe('a pasted message id', () => {
  it.each([
    ID,
    `<${ID}>`,
    `${ID}@eu-west-1.amazonses.com`,
    `<${ID}@eu-west-1.amazonses.com>`,
    `<${ID}@email.amazonses.com>`,
    `<${ID}@EMAIL.AmazonSES.com>`,
    `<${ID}@cn-north-1.amazonses.com.cn>`,
    `${ID}@amazonses.com`,
    `  <${ID}@eu-west-1.amazonses.com>\t`,
    `< ${ID}@eu-west-1.amazonses.com >`,
    `\u200b${ID}\u00a0`,
    `<${ID}@eu-west-1.amazonses.com`,
    `${ID}@eu-west-1.amazonses.com>`,
    `"${ID}"`,
    `Message-ID: <${ID}@eu-west-1.amazonses.com>`,
    `Message-Id:\r\n <${ID}@eu-west-1.amazonses.com>`,
    encodeURIComponent(`<${ID}@eu-west-1.amazonses.com>`),
    encodeURIComponent(encodeURIComponent(`<${ID}@eu-west-1.amazonses.com>`)),
    ID.toUpperCase(),
    `<${ID.toUpperCase()}@EU-WEST-1.AMAZONSES.COM>`,
  ])('means SES’s id in %j', (text) => {
    expect(messageIdsIn(text)).toContain(ID);
  });

  it('is first of all what it is', () => {
    for (const text of ['<own>', 'own%2Fid', 'own@members.club.example', 'own@eu-west-1.amazonses.com', ' own ']) {
      expect(messageIdsIn(text)[0]).toBe(text);
    }
    expect(messageIdsIn('statement-2026-10-ann')).toEqual(['statement-2026-10-ann']);
  });

  it('is nobody else’s id', () => {
    expect(messageIdsIn(`${ID}@members.club.example`)).not.toContain(ID);
    expect(messageIdsIn(`${ID}@evilamazonses.com`)).not.toContain(ID);
    expect(messageIdsIn(`${ID}@amazonses.com.club.example`)).not.toContain(ID);
  });

  it('is never nothing', () => {
    for (const text of ['<>', ' ', '%3C%3E', '@amazonses.com', '%']) expect(messageIdsIn(text)).not.toContain('');
  });
});
