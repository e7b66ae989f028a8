import type { Content } from '../../domain/mailing/mailing.ts';
import { onOneLine } from './header-text.ts';
import { headerLength, MOST_EMAIL, MOST_HEADER } from './ses-limits.ts';
import { readTemplate, type Template, type TemplateValues, UNSUBSCRIBE_URL } from './template.ts';

/** The content for one recipient. */
export type Rendered = Content;

/** A mailing's content, parsed once for all its recipients. */
export type Renderer = Readonly<{
  /** The markers of all its parts, each once, without `unsubscribeUrl`. */
  markers: readonly string[];
  /** Whether it contains the link to unsubscribe. */
  hasUnsubscribeLink: boolean;
  /** Why the email cannot be rendered with these values, as a sentence: one is missing, or the result is too long. */
  unrenderable: (values: TemplateValues) => string | undefined;
  /** The first marker that has neither a value nor a default. */
  missing: (values: TemplateValues) => string | undefined;
  subject: (values: TemplateValues) => string;
  /** The subject to show for an email, sent or not. If a value for it is missing, it is the mailing's, with its markers. */
  shownSubject: (values: TemplateValues) => string;
  /** @param values those of the recipient, and `unsubscribeUrl` if there is such a marker */
  render: (values: TemplateValues) => Rendered;
}>;

/** @throws BadTemplate */
export const renderer = ({ subject, html, text }: Content): Renderer => {
  const parts = { subject: readTemplate(subject), html: html && readTemplate(html), text: text && readTemplate(text) };
  const templates = [parts.subject, parts.html, parts.text].filter(
    (part): part is Template => typeof part === 'object',
  );
  const all = [...new Set(templates.flatMap(({ markers }) => markers))];
  const required = [...new Set(templates.flatMap((template) => template.required))].filter(isOfRecipient);
  const subjectOf = (values: TemplateValues) => onOneLine(parts.subject.render(values, 'not at all'));
  const missing = (values: TemplateValues) => required.find((marker) => !Object.hasOwn(values, marker));
  const tooLong = tooLongIn(templates, parts.html);
  return {
    markers: all.filter(isOfRecipient),
    hasUnsubscribeLink: all.includes(UNSUBSCRIBE_URL),
    missing,
    unrenderable: (values) => {
      const marker = missing(values);
      if (marker !== undefined) return missingValue(marker);
      return subjectTooLong(subjectOf(values)) ?? tooLong(values);
    },
    subject: subjectOf,
    shownSubject: (values) =>
      parts.subject.required.every((marker) => Object.hasOwn(values, marker)) ? subjectOf(values) : subject,
    render: (values) => ({
      subject: subjectOf(values),
      ...(parts.html && { html: parts.html.render(values, 'html') }),
      ...(parts.text && { text: parts.text.render(values, 'not at all') }),
    }),
  };
};

const isOfRecipient = (marker: string): boolean => marker !== UNSUBSCRIBE_URL;

/** The reason for an email whose value for this marker is missing. */
export const missingValue = (marker: string): string => `Missing value: ${marker}`;

const subjectTooLong = (subject: string): string | undefined => {
  const length = headerLength(subject);
  return length <= MOST_HEADER
    ? undefined
    : `The subject has ${length} bytes once encoded; at most ${MOST_HEADER} can be sent`;
};

const tooLongIn = (templates: readonly Template[], html: Template | string | undefined) => {
  const fixedBytes = templates.reduce((sum, { fixed }) => sum + Buffer.byteLength(fixed), 0);
  const count = templates.reduce((sum, template) => sum + template.count, 0);
  // Nearly all mail is so short that it need not be measured for each recipient.
  if (fixedBytes + count * LONGEST_WRITTEN <= MOST_EMAIL) return () => undefined;
  return (values: TemplateValues): string | undefined => {
    const bytes = templates.reduce((sum, one) => sum + one.bytes(values, one === html ? 'html' : 'not at all'), 0);
    return bytes <= MOST_EMAIL ? undefined : `The email has ${bytes} bytes; at most ${MOST_EMAIL} can be sent`;
  };
};

/** Bytes: a recipient's values have at most 8 KB (contract, Values), and HTML escaping makes at most six of a character. */
const LONGEST_WRITTEN = 6 * 8_192;
