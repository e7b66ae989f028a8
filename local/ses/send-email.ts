import { assembledHeaders } from './assembled-headers.ts';
import type { Content, Email } from './email.ts';
import { encodedSize, LARGEST, refuseTooLarge } from './message-size.ts';
import { readEmailTags, type Tags } from './message-tags.ts';
import { readRaw } from './raw-content.ts';
import { type Destination, mailbox, readDestination, recipientsOf } from './recipient.ts';
import {
  badRequest,
  type Members,
  notFound,
  objectMember,
  readBody,
  type SesRequest,
  textMember,
  textsMember,
} from './rest-json.ts';
import { readAttachments, readSimple } from './simple-content.ts';
import { readTemplate } from './template-content.ts';

/**
 * The email of a SendEmail request, without its id and time.
 *
 * @param isConfigurationSet whether a configuration set of this name exists
 * @throws SesError BadRequestException on an email that SES could never send, NotFoundException on a configuration set
 * or tenant
 *   that does not exist
 */
export const readSendEmail = async (
  request: SesRequest,
  isConfigurationSet: (name: string) => boolean,
): Promise<Omit<Email, 'messageId' | 'acceptedAt'>> => {
  // Checked before parsing: JSON holds the whole message, with binary content already in base64.
  if (Buffer.byteLength(request.body ?? '') > LARGEST * BASE64) refuseTooLarge(Buffer.byteLength(request.body ?? ''));
  const members = readBody(request);
  const given = await readContent(members);
  const source = textMember(members, 'FromEmailAddress') ?? given.from;
  if (source === undefined || source.trim() === '') throw badRequest('FromEmailAddress is required.');
  mailbox(source);
  const destination = readDestination(members) ?? given.destination;
  const recipients = recipientsOf(destination);
  const replyTo = textsMember(members, 'ReplyToAddresses').map((text) => mailbox(text).written);
  const apiTags = readEmailTags(members);
  const configurationSet = textMember(members, 'ConfigurationSetName') ?? given.configurationSet;
  if (configurationSet !== undefined && !isConfigurationSet(configurationSet)) {
    throw notFound(`Configuration set ${configurationSet} does not exist.`);
  }
  refuseWhatIsMissing(members);
  const headers = given.assembled
    ? assembledHeaders(source, replyTo, destination, given.content)
    : given.content.headers;
  const headerBytes = headers.reduce((sum, { name, value }) => sum + `${name}: ${value}\r\n`.length, 0);
  refuseTooLarge(given.size + (given.assembled ? headerBytes : 0));
  const tracking = objectMember(objectMember(members, 'ConfigurationOverrides') ?? {}, 'Tracking') ?? {};
  return {
    source,
    replyTo,
    destination,
    recipients,
    content: { ...given.content, headers },
    configurationSet,
    // Not merged: the parameters take precedence (SES Developer Guide, event-publishing-send-email).
    tags: Object.keys(apiTags).length > 0 ? apiTags : given.tags,
    tracksOpens: tracking.OpenTrackingEnabled !== 'DISABLED',
    tracksClicks: tracking.ClickTrackingEnabled !== 'DISABLED',
  };
};

// Attachments and Raw data are in base64, which needs 4 characters for 3 bytes.
const BASE64 = 4 / 3;

type Given = Readonly<{
  content: Content;
  /** Whether SES writes the headers; a Raw email has its own. */
  assembled: boolean;
  /** Bytes of the body as sent; a Raw email counts whole, its headers included. */
  size: number;
  from?: string | undefined;
  destination: Destination;
  configurationSet?: string | undefined;
  tags: Tags;
}>;

const NOBODY: Destination = { to: [], cc: [], bcc: [] };

const readContent = async (members: Members): Promise<Given> => {
  const content = objectMember(members, 'Content') ?? {};
  const [simple, raw, template] = ['Simple', 'Raw', 'Template'].map((form) => objectMember(content, form));
  if ([simple, raw, template].filter((form) => form !== undefined).length !== 1) {
    throw badRequest('Content needs exactly one of Simple, Raw and Template.');
  }
  if (raw !== undefined) {
    const size = Buffer.byteLength(textMember(raw, 'Data') ?? '', 'base64');
    return { ...(await readRaw(raw)), size, assembled: false };
  }
  const read = simple === undefined ? readTemplate(template ?? {}) : readSimple(simple);
  const parts = [read.html, read.text].map((part) => Buffer.byteLength(part ?? ''));
  const attached = readAttachments(simple ?? template ?? {}).map(({ length }) => length);
  const size = [...parts, ...attached].reduce((sum, bytes) => sum + encodedSize(bytes), 0);
  return { content: read, size, assembled: true, destination: NOBODY, tags: {} };
};

const refuseWhatIsMissing = (members: Members) => {
  const tenant = textMember(members, 'TenantName');
  if (tenant !== undefined) throw notFound(`Tenant ${tenant} does not exist: the simulated SES has no tenants.`);
  const list = objectMember(members, 'ListManagementOptions');
  if (list !== undefined && textMember(list, 'ContactListName') === undefined) {
    throw badRequest('ListManagementOptions.ContactListName is required.');
  }
};
