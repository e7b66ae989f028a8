// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation's placeholders have this form.
import { describe, expect, it } from 'vitest';
import { type Lookup, resolve } from '../../../local/template/intrinsics.ts';

const lookup: Lookup = {
  ref: (id) => (id === 'Queue' ? 'https://queue' : undefined),
  attribute: (id, name) => (id === 'Queue' ? `queue ${name}` : undefined),
};
const evaluate = (value: unknown) => resolve(value, lookup, 'Thing.Property');

describe('functions of a template', () => {
  it.each([
    ['Ref', { Ref: 'Queue' }, 'https://queue'],
    ['a pseudo parameter', { Ref: 'AWS::AccountId' }, '000000000000'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'queue Arn'],
    ['Fn::GetAtt as text', { 'Fn::GetAtt': 'Queue.Endpoint.Port' }, 'queue Endpoint.Port'],
    ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'Queue' }]] }, 'a/https://queue'],
    ['Fn::Split', { 'Fn::Split': [':', 'a:b'] }, ['a', 'b']],
    ['Fn::Select', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
    [
      'Fn::Sub',
      { 'Fn::Sub': '${Queue} ${Queue.Arn} ${AWS::Region} ${!Literal}' },
      'https://queue queue Arn us-east-1 ${Literal}',
    ],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${x}-${Queue}', { x: { Ref: 'AWS::Partition' } }] }, 'aws-https://queue'],
    ['what is inside objects and lists', { a: [{ b: { Ref: 'Queue' } }] }, { a: [{ b: 'https://queue' }] }],
    ['AWS::NoValue, by leaving it out', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['plain values as they are', [1, true, null, 'Ref'], [1, true, null, 'Ref']],
  ])('evaluates %s', (_name, value, result) => {
    expect(evaluate(value)).toStrictEqual(result);
  });

  it.each([
    ['a resource that does not exist', { Ref: 'Nobody' }, 'refers to Nobody'],
    ['an unknown attribute', { 'Fn::GetAtt': ['Nobody', 'Arn'] }, 'uses Arn of Nobody'],
    ['an unknown name in Fn::Sub', { 'Fn::Sub': '${Nobody}' }, 'refers to Nobody'],
    ['an unsupported function', { a: { 'Fn::ImportValue': 'x' } }, 'uses Fn::ImportValue'],
    ['a list that is too short', { 'Fn::Select': [2, ['a']] }, 'selects number 2'],
  ])('report the place of %s', (_name, value, problem) => {
    expect(() => evaluate(value)).toThrow(problem);
    expect(() => evaluate(value)).toThrow('Thing.Property');
  });
});
