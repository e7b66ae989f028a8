/**
 * The path as an HTTP API passes it on: decoded, cut at `?`, decoded again. So `+` and Unicode survive one encoding,
 * and `/`, `%` and `?` do not.
 *
 * @returns `undefined` if it cannot be decoded: API Gateway responds with 400
 */
export const decodedPath = (sent: string): string | undefined => {
  try {
    const [once = ''] = decodeURIComponent(sent).split('?', 1);
    return decodeURIComponent(once);
  } catch {
    return undefined;
  }
};
