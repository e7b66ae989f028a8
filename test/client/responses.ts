import { createMailtrail, type MailtrailOptions } from '../../client/index.ts';

type Options = MailtrailOptions extends infer O ? (O extends unknown ? Omit<O, 'url' | 'fetch'> : never) : never;

/** A client whose requests are recorded and answered by a function; there is no API. */
export const answering = (answer: (request: Request) => Response | Promise<Response>, options: Options = {}) => {
  const requests: Request[] = [];
  const fetch = async (request: Request) => {
    requests.push(request.clone());
    return answer(request);
  };
  return {
    requests,
    mailtrail: createMailtrail({ url: 'https://api.example/', fetch, ...options } as MailtrailOptions),
  };
};

export const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  Response.json(body, { status, headers });
