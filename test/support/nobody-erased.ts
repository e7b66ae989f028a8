import { NOBODY_ERASED } from '../../lambdas/domain/erasure.ts';
import type { ErasedReader } from '../../lambdas/store/erased-people.ts';

/** For tests in which nobody was erased. */
export const nobodyErased: ErasedReader = async () => NOBODY_ERASED;
