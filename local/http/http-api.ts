import { FunctionError } from '../functions/function-error.ts';
import type { ApiBlueprint } from '../template/apis.ts';
import { preflight, withCors } from './cors.ts';
import { type Answer, json, type Request, split } from './exchange.ts';
import { httpAnswer } from './http-answer.ts';
import { httpEvent } from './http-event.ts';
import { decodedPath } from './request-path.ts';
import { type Match, router } from './routes.ts';

/** The functions an API calls, by ARN. */
export type Functions = ReadonlyMap<string, Readonly<{ invoke: (event: unknown) => Promise<unknown> }>>;

/**
 * An HTTP API of API Gateway, with its own responses (`{"message": …}`) when no function is called. It is open to every
 * caller.
 */
export class HttpApi {
  readonly #blueprint: ApiBlueprint;
  readonly #functions: Functions;
  readonly #route: (method: string, path: string) => Match | undefined;

  constructor(blueprint: ApiBlueprint, functions: Functions) {
    this.#blueprint = blueprint;
    this.#functions = functions;
    this.#route = router(blueprint.routes);
  }

  async handle(request: Request): Promise<Answer> {
    const { cors } = this.#blueprint;
    const path = decodedPath(split(request.target).path);
    const match = path === undefined ? undefined : this.#route(request.method, path);
    // A route that accepts OPTIONS gets preflights too; otherwise API Gateway responds to them itself.
    const early = cors && !match ? preflight(cors, request) : undefined;
    if (early) return early;
    const answer = await this.#answer(request, path, match);
    return cors ? withCors(cors, request, answer) : answer;
  }

  async #answer(request: Request, path: string | undefined, match: Match | undefined): Promise<Answer> {
    if (path === undefined) return json(400, { message: 'Bad Request' });
    if (!match) return json(404, { message: 'Not Found' });
    const event = httpEvent(request, path, match, this.#blueprint.name);
    try {
      const answer = httpAnswer(await this.#functions.get(match.route.function)?.invoke(event));
      return answer ?? json(500, { message: 'Internal Server Error' });
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return json(500, { message: 'Internal Server Error' });
    }
  }
}
