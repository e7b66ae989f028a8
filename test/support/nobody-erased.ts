import { NOBODY_ERASED } from '../../lambdas/domain/erasure/erasure.ts';
import type { ErasedReader } from '../../lambdas/store/erasures/erased-recipients.ts';

/** For tests in which no one was erased. */
export const nobodyErased: ErasedReader = async () => NOBODY_ERASED;
