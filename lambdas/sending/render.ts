import type { Content } from '../domain/mailing.ts';
import { onOneLine } from './header-text.ts';
import { readTemplate, type Template, UNSUBSCRIBE_URL, type Values } from './template.ts';

/** What one recipient gets. */
export type Rendered = Content;

/** A mailing's content, read once for all its recipients. */
export type Renderer = Readonly<{
  /** The markers of all its parts, each once, those that are ours left out. */
  markers: readonly string[];
  /** Whether it holds the link by which the recipient leaves. */
  hasUnsubscribeLink: boolean;
  /** The first marker that there is no value for. */
  missing: (values: Values) => string | undefined;
  subject: (values: Values) => string;
  /** @param values those of the recipient, and `unsubscribeUrl` where there is such a marker */
  render: (values: Values) => Rendered;
}>;

/** @throws BadTemplate */
export const renderer = ({ subject, html, text }: Content): Renderer => {
  const parts = { subject: readTemplate(subject), html: html && readTemplate(html), text: text && readTemplate(text) };
  const templates = [parts.subject, parts.html, parts.text].filter(
    (part): part is Template => typeof part === 'object',
  );
  const all = [...new Set(templates.flatMap(({ markers }) => markers))];
  const markers = all.filter((marker) => marker !== UNSUBSCRIBE_URL);
  const subjectOf = (values: Values) => onOneLine(parts.subject.render(values, 'not at all'));
  return {
    markers,
    hasUnsubscribeLink: markers.length < all.length,
    missing: (values) => markers.find((marker) => !Object.hasOwn(values, marker)),
    subject: subjectOf,
    render: (values) => ({
      subject: subjectOf(values),
      ...(parts.html && { html: parts.html.render(values, 'html') }),
      ...(parts.text && { text: parts.text.render(values, 'not at all') }),
    }),
  };
};
