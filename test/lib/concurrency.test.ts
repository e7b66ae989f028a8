import { describe, expect, it } from 'vitest';
import { synthesize } from './synthesized.ts';

describe('what runs at once', () => {
  const stack = synthesize();

  it('is bounded for each queue, so that the account has room for the others', () => {
    const most = stack
      .all('AWS::Lambda::EventSourceMapping')
      // A stream's shards are read one batch at a time.
      .flatMap(([, { Properties }]) =>
        Properties.StartingPosition ? [] : Properties.ScalingConfig.MaximumConcurrency,
      );

    expect(most).toHaveLength(11); // Asking them costs what README says.
    for (const one of most) expect(one).toBeLessThanOrEqual(10);
    expect(most.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(48);
  });
});

describe('the stage', () => {
  it('is deployed by itself, or the API would answer nothing', () => {
    const stages = synthesize().all('AWS::ApiGatewayV2::Stage');

    expect(stages.map(([, { Properties }]) => Properties.AutoDeploy)).toEqual([true]);
  });
});
