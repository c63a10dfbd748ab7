import { packageBuild } from '@rcnn/tooling/tsup';

// The thread of a replica is a file of its own, beside the program.
export default packageBuild({ main: 'src/main.ts', 'replica-worker': 'src/run/replica-worker.ts' });
