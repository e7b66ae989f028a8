/**
 * The path as HTTP API hands it on: decoded, cut at `?`, decoded again. So `+` and Unicode survive one encoding, and
 * `/`, `%` and `?` do not.
 *
 * @returns `undefined` where it cannot be decoded: API Gateway answers 400
 */
export const decodedPath = (sent: string): string | undefined => {
  try {
    const [once = ''] = decodeURIComponent(sent).split('?', 1);
    return decodeURIComponent(once);
  } catch {
    return undefined;
  }
};
