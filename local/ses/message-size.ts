import { badRequest } from './rest-json.ts';

/** 40 MB, of the message as sent, after base64 encoding (SES quotas, API v2). */
export const LARGEST = 40 * 1024 * 1024;

/** The most characters of a header's value once it is encoded (SES API reference, MessageHeader). */
const LONGEST_HEADER = 995;

/** The bytes of a part in base64, in lines of 76 characters (RFC 2045 section 6.8). */
export const encodedSize = (bytes: number): number => {
  const characters = 4 * Math.ceil(bytes / 3);
  return characters + 2 * Math.ceil(characters / 76);
};

/** @throws SesError BadRequestException if the message is larger than SES's limit */
export const refuseTooLarge = (bytes: number): void => {
  if (bytes > LARGEST) throw badRequest(`Message length is more than ${LARGEST} bytes long: '${bytes}'.`);
};

/** @throws SesError BadRequestException on a subject that is longer, once encoded, than a header's value may be */
export const refuseLongSubject = (subject: string): void => {
  const { length } = encodeWords(subject);
  if (length > LONGEST_HEADER) {
    throw badRequest(`The value of header 'Subject' is more than ${LONGEST_HEADER} characters long: '${length}'.`);
  }
};

/** A text in a header: ASCII, anything else as encoded words of at most 75 characters (RFC 2047). */
export const encodeWords = (text: string): string => {
  if (/^[ -~]*$/.test(text)) return text;
  const words: string[] = [''];
  for (const character of text) {
    const last = words.length - 1;
    if (Buffer.byteLength(words[last] + character) > BYTES_IN_A_WORD) words.push(character);
    else words[last] += character;
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
};

/** 75 characters less `=?UTF-8?B?` and `?=`. */
const BYTES_IN_A_WORD = 45;
