import type { Resources } from './resources.ts';
import type { TemplateValue } from './template-value.ts';

/** A secret to create: with a value from the template, or one that is generated once. */
export type SecretBlueprint = Readonly<{
  name: string;
  arn: string;
  value: string | PasswordBlueprint;
}>;

/** How a password is generated (CloudFormation guide, AWS::SecretsManager::Secret GenerateSecretString). */
export type PasswordBlueprint = Readonly<{
  length: number;
  /** Sets of characters; the password has one of each. */
  alphabets: readonly string[];
  /** A JSON object, as text, to which the password is added under a name. */
  within: Readonly<{ template: string; key: string }> | undefined;
}>;

/** The secrets of a template. */
export const readSecrets = (resources: Resources): readonly SecretBlueprint[] =>
  resources.of('AWS::SecretsManager::Secret').map(({ name, ref, properties }) => {
    const [fixed, generated] = [properties.at('SecretString'), properties.at('GenerateSecretString')];
    return { name, arn: ref, value: fixed.given ? fixed.text() : readPassword(generated) };
  });

const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
/** The set that Secrets Manager documents (GetRandomPassword). */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

const readPassword = (generated: TemplateValue): PasswordBlueprint => {
  const unless = (exclusion: string, characters: string) => (generated.at(exclusion).flag(false) ? '' : characters);
  const given = generated.at('ExcludeCharacters');
  const excluded = new Set(given.given ? given.text() : '');
  const alphabets = [
    unless('ExcludeLowercase', LOWERCASE),
    unless('ExcludeUppercase', LOWERCASE.toUpperCase()),
    unless('ExcludeNumbers', '0123456789'),
    unless('ExcludePunctuation', PUNCTUATION),
    generated.at('IncludeSpace').flag(false) ? ' ' : '',
  ].map((alphabet) => [...alphabet].filter((character) => !excluded.has(character)).join(''));
  const template = generated.at('SecretStringTemplate');
  const used = alphabets.filter((alphabet) => alphabet !== '');
  if (used.length === 0) throw generated.broken('leaves no characters for a secret');
  return {
    length: generated.at('PasswordLength').number(32),
    alphabets: used,
    within: template.given ? { template: template.text(), key: generated.at('GenerateStringKey').text() } : undefined,
  };
};
