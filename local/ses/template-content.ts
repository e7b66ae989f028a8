import type { Content } from './email.ts';
import { badRequest, type Members, objectMember, textMember } from './rest-json.ts';
import { readAttachments, readHeaders } from './simple-content.ts';
import { isEicar } from './virus-scan.ts';

/**
 * Content.Template. An inline template is rendered: `{{name}}` is replaced, without escaping, as SES does. A stored
 * template is accepted under any name with unknown content, because no operation of this simulation stores one.
 *
 * @throws SesError BadRequestException unless exactly one of name, ARN and inline content is given, or on TemplateData
 *   that is not a JSON object
 */
export const readTemplate = (template: Members): Content => {
  const [name, arn] = [textMember(template, 'TemplateName'), textMember(template, 'TemplateArn')];
  const inline = objectMember(template, 'TemplateContent');
  if ([name, arn, inline].filter((one) => one !== undefined).length !== 1) {
    throw badRequest('Content.Template needs exactly one of TemplateName, TemplateArn and TemplateContent.');
  }
  const data = readData(textMember(template, 'TemplateData'));
  const [subject, html, text] = ['Subject', 'Html', 'Text'].map((part) => inline && textMember(inline, part));
  if (inline && subject === undefined && html === undefined && text === undefined) {
    throw badRequest('Content.Template.TemplateContent needs Subject, Html or Text.');
  }
  const missing = [subject, html, text].flatMap(namesIn).find((variable) => !Object.hasOwn(data, variable));
  return {
    headers: readHeaders(template),
    subject: render(subject, data),
    html: render(html, data),
    text: render(text, data),
    rendered: true,
    renderingFailure:
      missing === undefined
        ? undefined
        : {
            errorMessage: `Attribute '${missing}' is not present in the rendering data.`,
            templateName: name ?? 'inline',
          },
    infected: readAttachments(template).some(isEicar),
  };
};

// Plain variables only: sections and partials of SES's Handlebars are left unchanged.
const VARIABLE = /\{\{\{?\s*([A-Za-z_][\w.-]*)\s*\}?\}\}/g;
/** Replaced by SES itself (SES Developer Guide, sending-email-subscription-management). */
const OWN = 'amazonSESUnsubscribeUrl';

const namesIn = (text: string | undefined): readonly string[] =>
  [...(text ?? '').matchAll(VARIABLE)].flatMap(([, name]) => (name === undefined || name === OWN ? [] : [name]));

const render = (text: string | undefined, data: Members): string | undefined =>
  text?.replace(VARIABLE, (whole, name: string) => (Object.hasOwn(data, name) ? String(data[name]) : whole));

const readData = (text: string | undefined): Members => {
  try {
    const data: unknown = JSON.parse(text ?? '{}');
    if (typeof data === 'object' && data !== null && !Array.isArray(data)) return data as Members;
  } catch {
    // Rejected below, like JSON that is not an object.
  }
  throw badRequest('Content.Template.TemplateData is not a JSON object.');
};
