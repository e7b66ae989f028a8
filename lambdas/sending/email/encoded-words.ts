/** Whether a header can hold a text without encoding: printable ASCII. */
export const isPrintable = (text: string): boolean => PRINTABLE.test(text);

const PRINTABLE = /^[\x20-\x7e]*$/;

/** A text as encoded words of at most 75 characters, none of which splits a character (RFC 2047 sections 2 and 5). */
export const encodedWords = (text: string): string => {
  const words: string[] = [];
  let word = '';
  let bytes = 0;
  for (const character of text) {
    const more = Buffer.byteLength(character);
    if (bytes + more > BYTES_IN_A_WORD) {
      words.push(word);
      [word, bytes] = ['', 0];
    }
    word += character;
    bytes += more;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join(' ');
};

/** 75 characters minus the 12 around the base64, in which four characters encode three bytes. */
const BYTES_IN_A_WORD = 45;
