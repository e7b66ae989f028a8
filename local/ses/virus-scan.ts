/**
 * The EICAR test file, which virus scanners report by agreement although it is harmless (eicar.org). In two halves, so
 * that scanners do not report this file.
 */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** Whether SES's scanner would report an attachment; this simulation recognizes only the EICAR test file. */
export const isEicar = (attachment: Uint8Array): boolean => Buffer.from(attachment).includes(EICAR);
