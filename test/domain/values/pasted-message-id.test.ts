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
    `("${ID}"),`,
    `<<${ID}>>`,
    `Message-ID: <${ID}@eu-west-1.amazonses.com>`,
    `Message-ID:<${ID}@eu-west-1.amazonses.com>`,
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
  });

  it.each([
    ...['statement-2026-10-ann', 'old message-id: 7', 'member(7', 'a<b', 'member)7', '100%', '%zz'],
    // Hexadecimal digits at one end alone do not make it an id of SES's, which a program may have put in capitals.
    ...['OWN-FACE', 'FACE-OWN'],
  ])('is nothing else where it is an id of the sender’s own: %s', (own) => {
    expect(messageIdsIn(own)).toEqual([own]);
  });

  it('has a blank where it was pasted with white space or what is as invisible', () => {
    expect(messageIdsIn('<member\u00a0\r\n\u200b7>')).toContain('member 7');
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
