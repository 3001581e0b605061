/** The entry of the thread that has the control channel: whatever it hears is handed to the director, which is woken up. */
import { workerData } from 'node:worker_threads';
import { ControlServer, type DeviceTold } from './control-server.ts';
import type { ThreadData, ToControlThread } from './control-line.ts';

// What a thread is given has no type; `control-line.ts` gives this.
const { bell, line, ...options } = workerData as ThreadData;
const rings = new Int32Array(bell);

const server = new ControlServer({
  ...options,
  tell(told: DeviceTold) {
    line.postMessage(told);
    Atomics.add(rings, 0, 1);
    Atomics.notify(rings, 0);
  },
});

line.on('message', (message: ToControlThread) => {
  if (message.kind === 'send') server.send(message.device, message.message);
  else {
    server.close();
    line.close();
  }
});
