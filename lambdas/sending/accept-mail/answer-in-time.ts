import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemResult } from '../../http/answer.ts';
import { outOfTime } from '../../http/problem.ts';

/** Milliseconds until the function times out. */
export type TimeLeft = () => number;

/** Milliseconds before the timeout in which no step is started: many times the duration of a request to DynamoDB. */
const RESERVE = 4_000;

/**
 * Starts the timer of a request. Call the returned function before each step: it throws once too little time is left. This
 * also stops the steps of a request that was already answered, when Lambda resumes the process for another request.
 * @param clock milliseconds since 1970
 */
export const timeOf =
  (timeLeft: TimeLeft, clock: () => number = Date.now) =>
  () => {
    const end = clock() + timeLeft() - RESERVE;
    return (): void => {
      if (clock() > end) throw outOfTime();
    };
  };

type Answer = (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;

/** Milliseconds that an answer may take to reach API Gateway. */
const TO_ANSWER = 1_000;

/**
 * Answers before the function times out, even if a request hangs. After a timeout, API Gateway answers 500, without the
 * information that a repeat of the same request completes it.
 */
export const answerInTime =
  (answer: Answer, timeLeft: TimeLeft): Answer =>
  async (event) => {
    let timer: NodeJS.Timeout | undefined;
    const end = new Promise<APIGatewayProxyStructuredResultV2>((resolve) => {
      timer = setTimeout(
        () => resolve(problemResult(outOfTime(), event.requestContext.requestId)),
        Math.max(0, timeLeft() - TO_ANSWER),
      );
    });
    try {
      return await Promise.race([answer(event), end]);
    } finally {
      clearTimeout(timer);
    }
  };
