import { applyLoad } from './apply-load';
import type { LoadPlan } from './load-plan';

// A process of its own, so that making the load does not wait for what measures it.
process.once('message', (plan: LoadPlan) => {
  applyLoad(plan).then(
    (result) => process.send?.(result, () => process.disconnect()),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
