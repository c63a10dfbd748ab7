import { packageBuild } from '@rcnn/tooling/tsup';

// The threads of replicas and of proposals are files of their own, beside the program.
export default packageBuild({ main: 'src/main.ts', 'replica-worker': 'src/run/replica-worker.ts', 'propose-worker': 'src/proposals/propose.ts' });
