/**
 * Escapes text for HTML, as content of an element or inside a quoted attribute: these five characters and no others (HTML
 * standard, 13.1.2.3 and 13.3). A URL keeps its `/` and `=`, so that programs that search for links without decoding HTML,
 * such as SES's click tracking and some mail clients, still find it.
 */
export const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ESCAPED[character] ?? '');

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // `&apos;` is not in HTML 4, which some mail clients still implement.
  "'": '&#39;',
};
