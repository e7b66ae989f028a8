import { describe, expect, it } from 'vitest';
import { readRequest } from '../../lambdas/http/request.ts';
import { SENDING_CONTRACT } from '../../lambdas/http/sending-contract.gen.ts';
import { FORMATS } from '../../lambdas/sending/accept-mail/field-formats.ts';
import { httpRequest } from '../support/http-request.ts';
import { NOW, refusals } from '../support/refusals.ts';

const PUT = 'PUT /v1/suppressions/{email}';
const ann = { email: 'ann@example.com' };

describe('a body', () => {
  const bodyOf = (body: string, isBase64Encoded = false) =>
    readRequest(PUT, httpRequest(PUT, { path: ann, body, isBase64Encoded }), NOW).body;
  const wrong = (body: string) => refusals(PUT, { path: ann, body });

  it('is a JSON object, encoded or not', () => {
    expect(bodyOf('{"note":"asked"}')).toEqual({ note: 'asked' });
    expect(bodyOf(Buffer.from('{"note":"für Bö"}').toString('base64'), true)).toEqual({ note: 'für Bö' });
  });

  it.each([
    ['Latin-1', Buffer.from('{"note":"für"}', 'latin1')],
    ['half a character', Buffer.concat([Buffer.from('{"note":"'), Buffer.from('é').subarray(0, 1), Buffer.from('"}')])],
    [
      'a character cut at its last byte',
      Buffer.concat([Buffer.from('{"note":"'), Buffer.from('🎾').subarray(0, 3), Buffer.from('"}')]),
    ],
    ['UTF-16', Buffer.from('{"note":"ü"}', 'utf16le')],
  ])('is rejected if it is not UTF-8, as text and in base64: %s', (_, bytes) => {
    const notUtf8 = [expect.stringMatching(/^body must be a JSON object in UTF-8/)];

    expect(wrong(bytes.toString('utf8'))).toEqual(notUtf8);
    expect(refusals(PUT, { path: ann, body: bytes.toString('base64'), isBase64Encoded: true })).toEqual(notUtf8);
  });

  it('may contain the replacement character if it is in the input', () => {
    expect(bodyOf('{"note":"\\ufffd"}')).toEqual({ note: '\ufffd' });
    expect(bodyOf(Buffer.from('{"note":"\ufffd"}').toString('base64'), true)).toEqual({ note: '\ufffd' });
  });

  it('may be left out', () => {
    expect(bodyOf('')).toEqual({ note: undefined });
    expect(readRequest(PUT, httpRequest(PUT, { path: ann }), NOW).body).toEqual({ note: undefined });
  });

  it.each(['[]', 'null', '"note"', '{"note":', 'note=asked'])('is not %j', (body) => {
    expect(wrong(body)).toEqual(['body must be a JSON object in UTF-8']);
  });

  it('accepts null for a known field that is not given', () => {
    expect(bodyOf('{"note":null}')).toEqual({ note: undefined });
    expect(wrong('{"nota":null}')).toEqual(['nota is no known field of the body; known here: note']);
  });

  it('has only fields of the contract, and strings where it requires strings', () => {
    expect(wrong('{"note":1,"nota":"x","__proto__":{}}')).toEqual([
      'note must be text; leave it out where there is none',
      'nota is no known field of the body; known here: note',
      'body holds an unknown field of the body; known here: note',
    ]);
  });

  it('accepts a note of up to 500 characters, whatever their bytes', () => {
    expect(bodyOf(JSON.stringify({ note: '🦊'.repeat(500) })).note).toHaveLength(1_000);
    expect(wrong(JSON.stringify({ note: '🦊'.repeat(501) }))).toEqual(['note must have at most 500 characters']);
  });

  it('is rejected if the contract has none', () => {
    const key = 'DELETE /v1/suppressions/{email}';

    expect(refusals(key, { path: ann, body: '{"note":"x"}' })).toEqual([
      'note is no known field of the body; there is none here',
    ]);
    expect(refusals(key, { path: ann, body: '{}' })).toEqual([]);
  });
});

describe('a list in a body', () => {
  const IMPORT = 'POST /v1/suppressions/import';
  const bodyOf = (suppressions: unknown) =>
    readRequest(IMPORT, httpRequest(IMPORT, { body: JSON.stringify({ suppressions }) }), NOW).body;
  const wrong = (suppressions: unknown) => refusals(IMPORT, { body: JSON.stringify({ suppressions }) });
  const wrongRows = (suppressions: readonly unknown[]) =>
    bodyOf(suppressions).suppressions.map((row) =>
      'unusable' in row ? row.unusable.map(({ parameter, message }) => `${parameter} ${message}`) : [],
    );
  const anns = (count: number) => Array.from({ length: count }, (_, n) => ({ address: `ann${n}@example.com` }));

  it('has each value checked', () => {
    expect(bodyOf([{ address: 'Ann <Ann@Example.com>', note: 'x' }, { address: 'bo@exämple.com' }])).toEqual({
      suppressions: [
        { address: { address: 'ann@example.com', spelling: 'Ann@Example.com' }, note: 'x' },
        { address: { address: 'bo@xn--exmple-cua.com', spelling: 'bo@exämple.com' }, note: undefined },
      ],
    });
  });

  it('of rows reports all errors of each, and rejects none for another', () => {
    const inside = [{ address: 'nobody' }, 'ann@example.com', {}, { address: 1, note: 1, nota: 'x', 'a b@c': 1 }, null];

    expect(wrongRows([...anns(1), ...inside])).toEqual([
      [],
      ['address must be one email address'],
      [' must be an object'],
      ['address is missing'],
      [
        'address must be text; leave it out where there is none',
        'note must be text; leave it out where there is none',
        'nota is no known field; known here: address, note',
        ' holds an unknown field; known here: address, note',
      ],
      [' must be an object'],
    ]);
  });

  it('never repeats its input', () => {
    const rows = wrongRows([{ address: 'ann@example.com, bo@example.com', 'ann@example.com': 1 }]);

    expect(rows.flat()).toHaveLength(2);
    expect(rows.flat().join()).not.toContain('ann');
  });

  it('accepts addresses only in their plain form', () => {
    expect(wrongRows([{ address: `~${Buffer.from('ann@example.com').toString('base64url')}` }]).flat()).toHaveLength(1);
  });

  it('has as many entries as the contract allows', () => {
    expect(bodyOf(anns(1_000)).suppressions).toHaveLength(1_000);
    for (const some of [[], anns(1_001), {}, 'ann@example.com']) {
      expect(wrong(some)).toEqual(['suppressions must be a list of 1 to 1000']);
    }
    expect([refusals(IMPORT, {}), wrong(null)]).toEqual(Array(2).fill(['suppressions is missing']));
  });

  it('may contain strings', () => {
    const CHECK = 'POST /v1/suppressions/check';
    const body = '{"addresses":["ann@example.com",1,"nobody",null]}';
    const { addresses } = readRequest(CHECK, httpRequest(CHECK, { body }), NOW).body;

    expect(addresses).toEqual([
      { address: 'ann@example.com', spelling: 'ann@example.com' },
      { texts: {}, unusable: [{ parameter: '', message: 'must be text; leave it out where there is none' }] },
      { texts: { '': 'nobody' }, unusable: [{ parameter: '', message: 'must be one email address' }] },
      { texts: {}, unusable: [{ parameter: '', message: 'must be text; leave it out where there is none' }] },
    ]);
  });

  it('of addresses to send again is rejected as a whole, with all its errors', () => {
    const RESEND = 'POST /v1/campaigns/{campaignId}/resend';
    const request = httpRequest(RESEND, {
      path: { campaignId: 'october' },
      headers: { 'idempotency-key': 'k1' },
      body: '{"recipients":["ann@example.com","nobody",1]}',
    });

    expect(() => readRequest(RESEND, request, NOW, { contract: SENDING_CONTRACT, formats: FORMATS })).toThrow(
      expect.objectContaining({
        body: expect.objectContaining({
          errors: [
            { parameter: 'recipients[1]', message: 'must be one email address' },
            { parameter: 'recipients[2]', message: 'must be text; leave it out where there is none' },
          ],
        }),
      }),
    );
  });
});
