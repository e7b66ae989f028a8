import type { Content, Header } from './email.ts';
import { refuseLongSubject } from './message-size.ts';
import { badRequest, type Members, objectMember, objectsMember, textMember } from './rest-json.ts';
import { isEicar } from './virus-scan.ts';

/**
 * Content.Simple.
 *
 * @throws SesError BadRequestException without subject or body, or with a subject or headers that SES rejects
 */
export const readSimple = (simple: Members): Content => {
  const subject = dataOf(simple, 'Subject');
  const body = objectMember(simple, 'Body') ?? {};
  const html = dataOf(body, 'Html');
  const text = dataOf(body, 'Text');
  if (subject === undefined) throw badRequest('Content.Simple.Subject.Data is required.');
  if (html === undefined && text === undefined) {
    throw badRequest('Content.Simple.Body needs Html.Data or Text.Data.');
  }
  refuseLongSubject(subject);
  return {
    headers: readHeaders(simple),
    subject,
    html,
    text,
    rendered: false,
    renderingFailure: undefined,
    infected: readAttachments(simple).some(isEicar),
  };
};

/** The extra headers of Simple and Templated content. @throws SesError BadRequestException beyond SES's limits */
export const readHeaders = (content: Members): readonly Header[] => {
  const headers = objectsMember(content, 'Headers');
  if (headers.length > 15) throw badRequest('An email can have no more than 15 extra headers.');
  return headers.map((header) => {
    const [name, value] = [textMember(header, 'Name') ?? '', textMember(header, 'Value') ?? ''];
    if (!/^[!-9;-~]{1,126}$/.test(name)) {
      throw badRequest(`A header name is 1 to 126 printable ASCII characters without a colon: '${name}'.`);
    }
    if (!/^[ -~]{1,995}$/.test(value)) {
      throw badRequest(`The value of header '${name}' is not 1 to 995 printable ASCII characters.`);
    }
    return { name, value };
  });
};

/**
 * The attachments of Simple and Templated content, decoded.
 *
 * @throws SesError BadRequestException without name or content
 */
export const readAttachments = (content: Members): readonly Buffer[] =>
  objectsMember(content, 'Attachments').map((attachment) => {
    const raw = textMember(attachment, 'RawContent');
    if (raw === undefined || textMember(attachment, 'FileName') === undefined) {
      throw badRequest('An attachment needs RawContent and FileName.');
    }
    return Buffer.from(raw, 'base64');
  });

const dataOf = (members: Members, name: string): string | undefined => {
  const content = objectMember(members, name);
  return content && textMember(content, 'Data');
};
