import type { Content } from '../../domain/mailing/mailing.ts';
import { later } from '../../domain/values/time.ts';
import { invalid, type ParameterError } from '../../http/problem.ts';
import { type Renderer, renderer } from '../email/render.ts';
import { headerLength, MOST_HEADER } from '../email/ses-limits.ts';
import { readTemplate, UNSUBSCRIBE_URL } from '../email/template.ts';

/** What is said of a mailing in more than one field, each of them right in itself. */
export type ContentFields = Readonly<{
  subject: string;
  html?: string | undefined;
  text?: string | undefined;
  unsubscribable: boolean;
  sendAt?: string | undefined;
  expiresAt?: string | undefined;
}>;

/** Bytes of subject, html and text in UTF-8: an item of DynamoDB's holds 400 KB. */
export const MOST_CONTENT = 256 * 1024;

/** Milliseconds that a mailing can be planned ahead. */
const FARTHEST = 366 * 86_400_000;

/**
 * Checks what only fields together tell, and reads the content.
 * @throws Problem (400) that names every bad field.
 */
export const checkContent = (told: ContentFields, now: string): Readonly<{ content: Content; renderer: Renderer }> => {
  const { subject, html, text } = told;
  const content = { subject, ...(html !== undefined && { html }), ...(text !== undefined && { text }) };
  const errors = [...subjectErrors(content), ...contentErrors(content), ...linkErrors(told), ...timeErrors(told, now)];
  if (errors.length > 0) throw invalid(errors);
  return { content, renderer: renderer(content) };
};

/** What no recipient's values could make shorter; what they make longer is that recipient's own fault. */
const subjectErrors = ({ subject }: Content): readonly ParameterError[] => {
  const bytes = headerLength(readTemplate(subject).fixed);
  const message = `has ${bytes} bytes once encoded; at most ${MOST_HEADER} can be sent`;
  return bytes > MOST_HEADER ? [{ parameter: 'subject', message }] : [];
};

const contentErrors = ({ subject, html, text }: Content): readonly ParameterError[] => {
  if (html === undefined && text === undefined) return [{ parameter: 'text', message: 'is missing, and so is html' }];
  const bytes = [subject, html ?? '', text ?? ''].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  if (bytes <= MOST_CONTENT) return [];
  const message = `has, with subject and text, ${bytes} bytes; at most ${MOST_CONTENT} are taken`;
  return [{ parameter: html === undefined ? 'text' : 'html', message }];
};

const linkErrors = ({ unsubscribable, ...fields }: ContentFields): readonly ParameterError[] =>
  (['subject', 'html', 'text'] as const).flatMap((parameter): readonly ParameterError[] => {
    const text = fields[parameter];
    if (text === undefined || !readTemplate(text).markers.includes(UNSUBSCRIBE_URL)) return [];
    if (parameter === 'subject') return [{ parameter, message: `cannot hold {{${UNSUBSCRIBE_URL}}}` }];
    return unsubscribable
      ? []
      : [{ parameter, message: `holds {{${UNSUBSCRIBE_URL}}}, which only mail has that is unsubscribable` }];
  });

const timeErrors = ({ sendAt, expiresAt }: ContentFields, now: string): readonly ParameterError[] => {
  const farthest = later(now, FARTHEST);
  return [
    ...(sendAt !== undefined && sendAt > farthest
      ? [{ parameter: 'sendAt', message: 'is more than a year ahead' }]
      : []),
    ...(expiresAt !== undefined && expiresAt > farthest
      ? [{ parameter: 'expiresAt', message: 'is more than a year ahead; leave it out where there is no end' }]
      : []),
    ...(sendAt !== undefined && expiresAt !== undefined && sendAt >= expiresAt
      ? [{ parameter: 'expiresAt', message: 'must be later than sendAt' }]
      : []),
  ];
};
