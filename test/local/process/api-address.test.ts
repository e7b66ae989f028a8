import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../local/functions/environment.ts';
import { readBlueprint } from '../../../local/template/blueprint.ts';
import { bundleOf } from '../bundle.ts';
import { smallTemplate } from '../small-template.ts';

const HERE = 'http://127.0.0.1:8787';

/** What a function gets as its variable URL where the template says it so. */
const told = (URL: unknown): string | undefined => {
  const bundle = bundleOf('export const record = () => {}');
  const template = smallTemplate('key.zip', (resources) => {
    resources.Record1.Properties.Environment.Variables = { URL };
  });
  const [recorder] = readBlueprint(template, new Map([['key.zip', bundle]])).functions;
  return recorder && environmentOf(recorder, { dynamodb: 'http://engine', others: HERE }).URL;
};

describe('the address of an API that a function is told', () => {
  it('is this machine’s, so that links a function makes lead here', () => {
    expect(told({ 'Fn::GetAtt': ['Api1', 'ApiEndpoint'] })).toBe(HERE);
  });

  it('is this machine’s also where it is put together', () => {
    const parts = [
      'https://',
      { Ref: 'Api1' },
      '.execute-api.',
      { Ref: 'AWS::Region' },
      '.',
      { Ref: 'AWS::URLSuffix' },
    ];

    expect(told({ 'Fn::Join': ['', [...parts, '/u/']] })).toBe(`${HERE}/u/`);
  });

  it('is left alone where it is another’s', () => {
    expect(told('https://api.club.example/')).toBe('https://api.club.example/');
  });
});
