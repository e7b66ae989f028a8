import { describe, expect, it } from 'vitest';
import { environmentOf } from '../../../local/functions/environment.ts';
import { readBlueprint } from '../../../local/template/blueprint.ts';
import { bundleOf } from '../bundle.ts';
import { smallTemplate } from '../small-template.ts';

const HERE = 'http://127.0.0.1:8787';

/** A function's variable URL, for this value in the template. */
const variable = (URL: unknown): string | undefined => {
  const bundle = bundleOf('export const record = () => {}');
  const template = smallTemplate('key.zip', (resources) => {
    resources.Record1.Properties.Environment.Variables = { URL };
  });
  const [recorder] = readBlueprint(template, new Map([['key.zip', bundle]])).functions;
  return recorder && environmentOf(recorder, { dynamodb: 'http://engine', others: HERE }).URL;
};

describe('the URL of an API in a function’s environment', () => {
  it('is local, so that links created by the function lead here', () => {
    expect(variable({ 'Fn::GetAtt': ['Api1', 'ApiEndpoint'] })).toBe(HERE);
  });

  it('is local also if it is joined from parts', () => {
    const parts = [
      'https://',
      { Ref: 'Api1' },
      '.execute-api.',
      { Ref: 'AWS::Region' },
      '.',
      { Ref: 'AWS::URLSuffix' },
    ];

    expect(variable({ 'Fn::Join': ['', [...parts, '/u/']] })).toBe(`${HERE}/u/`);
  });

  it('is unchanged if it is not an API of the stack', () => {
    expect(variable('https://api.club.example/')).toBe('https://api.club.example/');
  });
});
