/**
 * The EICAR test file, which virus scanners agree to report though it is harmless (eicar.org). In two halves, so that no
 * scanner finds it here.
 */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-', 'STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

/** Whether an attachment would be found by SES's scanner: of this simulation's, only the EICAR test file. */
export const isEicar = (attachment: Uint8Array): boolean => Buffer.from(attachment).includes(EICAR);
