/** The compliance suite's part on streams: opening, carrying, closing. Registered by `fabric-compliance.ts`. */
import { fromAscii } from '../sim/octets.ts';
import { connected, EndWitness, type OnFabric } from './fabric-under-test.fixture.ts';

/** What every fabric promises of a stream while it is open: who the ends are, order, and that nothing is lost or told twice. */
export function streamCompliance(on: OnFabric): void {
  carrying(on);
  listening(on);
}

function carrying(on: OnFabric): void {
  on('both ends of a stream open once and know each other', async (t, fabric) => {
    const { stream, accepted, near, far } = await connected(fabric);
    t.deepEqual([near.opens, far.opens], [1, 1]);
    t.deepEqual(stream.remote, accepted.local);
    t.deepEqual(accepted.remote, stream.local);
    t.is(stream.local.host, fabric.client.host);
  });

  on('data goes both ways', async (t, fabric) => {
    const { stream, accepted, near, far } = await connected(fabric);
    stream.write(fromAscii('ping'));
    accepted.write(fromAscii('pong'));
    await fabric.settle(() => near.text !== '' && far.text !== '');
    t.is(far.text, 'ping');
    t.is(near.text, 'pong');
  });

  on('what is written before a stream opens arrives', async (t, { client, server, settle }) => {
    const far = new EndWitness();
    const listener = server.listen(0, () => far);
    await settle();
    const stream = client.connect(listener.local, new EndWitness());
    const octets = fromAscii('early');
    stream.write(octets);
    octets.fill(0);
    await settle(() => far.text !== '');
    t.is(far.text, 'early');
  });

  on('300,000 octets each way arrive intact', async (t, fabric) => {
    const { stream, accepted, near, far } = await connected(fabric);
    const out = 'abcdefghij'.repeat(30_000);
    const back = '0123456789'.repeat(30_000);
    stream.write(fromAscii(out));
    accepted.write(fromAscii(back));
    await fabric.settle(() => far.text.length === out.length && near.text.length === back.length);
    t.true(far.text === out);
    t.true(near.text === back);
  });
}

function listening(on: OnFabric): void {
  on('a port where no one listens refuses', async (t, { client, server, settle }) => {
    const listener = server.listen(0, () => new EndWitness());
    await settle();
    const { local } = listener;
    listener.close();
    await settle();
    const near = new EndWitness();
    client.connect(local, near);
    t.is(near.reasons, '', 'not from inside the call');
    await settle(() => near.isOver);
    await settle();
    t.deepEqual(near.closes, [{ reason: 'refused' }]);
    t.is(near.opens, 0);
  });

  on('a listener that closes leaves its streams alone', async (t, { client, server, settle }) => {
    const far = new EndWitness();
    const near = new EndWitness();
    const listener = server.listen(0, () => far);
    await settle();
    const { local } = listener;
    const stream = client.connect(local, near);
    await settle(() => far.opens > 0);
    listener.close();
    stream.write(fromAscii('still here'));
    await settle(() => far.text !== '');
    t.is(far.text, 'still here');
    const late = new EndWitness();
    client.connect(local, late);
    await settle(() => late.isOver);
    t.is(late.reasons, 'refused');
  });
}

/** What every fabric promises of the ends of a stream: by a close, by a reset, by nobody who listens. */
export function closingCompliance(on: OnFabric): void {
  on('a close comes after all that was written, and ends both sides once', async (t, fabric) => {
    const { stream, near, far } = await connected(fabric);
    stream.write(fromAscii('x'.repeat(100_000)));
    stream.close();
    stream.close();
    stream.write(fromAscii('never'));
    t.is(near.reasons, '', 'not from inside the call');
    await fabric.settle(() => near.isOver && far.isOver);
    await fabric.settle();
    t.is(far.text.length, 100_000);
    t.deepEqual([near.closes, far.closes], [[{ reason: 'closed' }], [{ reason: 'closed' }]]);
    t.deepEqual([near.late, far.late], [0, 0]);
  });

  on('the side that accepted may close', async (t, fabric) => {
    const { accepted, near, far } = await connected(fabric);
    accepted.write(fromAscii('bye'));
    accepted.close();
    await fabric.settle(() => near.isOver && far.isOver);
    t.is(near.text, 'bye');
    t.deepEqual([near.reasons, far.reasons], ['closed', 'closed']);
  });

  on('an answer written when the last data came still arrives', async (t, fabric) => {
    const far = new EndWitness(() => answer());
    const { stream, accepted, near } = await connected(fabric, new EndWitness(), far);
    const answer = (): void => accepted.write(fromAscii('y'.repeat(50_000)));
    stream.write(fromAscii('question'));
    stream.close();
    await fabric.settle(() => near.isOver && far.isOver);
    t.is(near.text.length, 50_000);
    t.deepEqual([near.reasons, far.reasons], ['closed', 'closed']);
  });

  on('both sides may close at the same moment', async (t, fabric) => {
    const { stream, accepted, near, far } = await connected(fabric);
    stream.close();
    accepted.close();
    await fabric.settle(() => near.isOver && far.isOver);
    await fabric.settle();
    t.deepEqual([near.reasons, far.reasons], ['closed', 'closed']);
  });

  on('a reset ends both sides at once', async (t, fabric) => {
    const { stream, near, far } = await connected(fabric);
    stream.reset();
    stream.reset();
    stream.write(fromAscii('never'));
    t.is(near.reasons, '', 'not from inside the call');
    await fabric.settle(() => near.isOver && far.isOver);
    await fabric.settle();
    t.deepEqual([near.closes, far.closes], [[{ reason: 'reset' }], [{ reason: 'reset' }]]);
    t.is(far.text, '');
  });
}
