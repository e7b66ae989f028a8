/**
 * Processes items concurrently, up to a limit, and returns the results in the items' order.
 * @throws what the first failure throws. Nothing is begun after it, and nothing is under way any more.
 */
export const mapConcurrently = async <In, Out>(
  most: number,
  all: readonly In[],
  work: (one: In) => Promise<Out>,
): Promise<readonly Out[]> => {
  const results: Out[] = [];
  let [next, failed] = [0, false];
  const worker = async () => {
    while (next < all.length && !failed) {
      const index = next++;
      try {
        results[index] = await work(all[index] as In);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  // Wait for those in progress: a function that has answered is frozen together with its unfinished work.
  const ends = await Promise.allSettled(Array.from({ length: most }, worker));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
  return results;
};
