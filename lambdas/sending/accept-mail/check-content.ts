import type { Content } from '../../domain/mailing/mailing.ts';
import { later } from '../../domain/values/time.ts';
import { invalid, type ParameterError } from '../../http/problem.ts';
import { type Renderer, renderer } from '../email/render.ts';
import { headerLength, MOST_HEADER } from '../email/ses-limits.ts';
import { readTemplate, UNSUBSCRIBE_URL } from '../email/template.ts';

/** The fields of a mailing that are checked together. Each is valid by itself. */
export type ContentFields = Readonly<{
  subject: string;
  html?: string | undefined;
  text?: string | undefined;
  unsubscribable: boolean;
  sendAt?: string | undefined;
  expiresAt?: string | undefined;
}>;

/** Bytes of subject, html and text in UTF-8: a DynamoDB item holds 400 KB. */
export const MOST_CONTENT = 256 * 1024;

/** Milliseconds: how far ahead a mailing can be scheduled. */
const FARTHEST = 366 * 86_400_000;

/**
 * Checks fields that depend on each other, and parses the content.
 * @throws Problem (400) that names every invalid field.
 */
export const checkContent = (
  fields: ContentFields,
  now: string,
): Readonly<{ content: Content; renderer: Renderer }> => {
  const { subject, html, text } = fields;
  const content = { subject, ...(html !== undefined && { html }), ...(text !== undefined && { text }) };
  const errors = [
    ...subjectErrors(content),
    ...contentErrors(content),
    ...linkErrors(fields),
    ...timeErrors(fields, now),
  ];
  if (errors.length > 0) throw invalid(errors);
  return { content, renderer: renderer(content) };
};

/** Only the text between markers counts: a recipient whose values make the subject too long is rejected alone. */
const subjectErrors = ({ subject }: Content): readonly ParameterError[] => {
  const bytes = headerLength(readTemplate(subject).fixed);
  const message = `has ${bytes} bytes once encoded; at most ${MOST_HEADER} can be sent`;
  return bytes > MOST_HEADER ? [{ parameter: 'subject', message }] : [];
};

const contentErrors = ({ subject, html, text }: Content): readonly ParameterError[] => {
  if (html === undefined && text === undefined) return [{ parameter: 'text', message: 'is missing, and so is html' }];
  const bytes = [subject, html ?? '', text ?? ''].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  if (bytes <= MOST_CONTENT) return [];
  const message = `has, with subject and text, ${bytes} bytes; at most ${MOST_CONTENT} are allowed`;
  return [{ parameter: html === undefined ? 'text' : 'html', message }];
};

const linkErrors = ({ unsubscribable, ...fields }: ContentFields): readonly ParameterError[] =>
  (['subject', 'html', 'text'] as const).flatMap((parameter): readonly ParameterError[] => {
    const text = fields[parameter];
    if (text === undefined || !readTemplate(text).markers.includes(UNSUBSCRIBE_URL)) return [];
    if (parameter === 'subject') return [{ parameter, message: `cannot hold {{${UNSUBSCRIBE_URL}}}` }];
    return unsubscribable
      ? []
      : [{ parameter, message: `holds {{${UNSUBSCRIBE_URL}}}, which requires unsubscribable to be true` }];
  });

const timeErrors = ({ sendAt, expiresAt }: ContentFields, now: string): readonly ParameterError[] => {
  const farthest = later(now, FARTHEST);
  return [
    ...(sendAt !== undefined && sendAt > farthest
      ? [{ parameter: 'sendAt', message: 'is more than a year ahead' }]
      : []),
    ...(expiresAt !== undefined && expiresAt > farthest
      ? [{ parameter: 'expiresAt', message: 'is more than a year ahead; leave it out if the mailing does not expire' }]
      : []),
    ...(sendAt !== undefined && expiresAt !== undefined && sendAt >= expiresAt
      ? [{ parameter: 'expiresAt', message: 'must be later than sendAt' }]
      : []),
  ];
};
