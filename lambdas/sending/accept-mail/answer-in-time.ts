import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { problemResult } from '../../http/answer.ts';
import { outOfTime } from '../../http/problem.ts';

/** Milliseconds that are left of the function's time. */
export type TimeLeft = () => number;

/** Milliseconds before the end from which on nothing is begun: many times what one request to DynamoDB takes. */
const RESERVE = 4_000;

/**
 * Starts to count the time of a request. What it gives is called before each step, and throws once too little time is left,
 * also where a function that had answered already is woken up for another request.
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

/** Milliseconds in which an answer reaches API Gateway. */
const TO_ANSWER = 1_000;

/**
 * Answers before the function's time ends, whatever hangs: a function that is cut off answers a bare 500, and nobody is told
 * that the same request completes what it began.
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
