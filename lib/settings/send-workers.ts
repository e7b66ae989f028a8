/**
 * How many workers it takes to send at an account's rate. With a batch of ten a worker sends some 18 emails a second
 * (test/sending/send-email/rate.test.ts): most of the half second that takes is the time before the first place and that until SES
 * has answered the last call. The number is for 15 a second, so that some may be late.
 * @param sendRate the account's MaxSendRate, emails a second
 */
export const sendWorkers = (sendRate: number): number => Math.max(LEAST, Math.ceil(sendRate / A_WORKER));

const A_WORKER = 15;
/** One reads its batch while another waits for its places. */
const LEAST = 3;
