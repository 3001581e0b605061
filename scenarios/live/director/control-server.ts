/**
 * The director's end of the control channel: a TCP server that lets in the devices that are awaited and know the token, and hands
 * on what they say. Whoever does not prove the token within a few seconds is cut off, and so is a device that says what no device
 * says, or nothing at all for some beats. It runs in a thread of its own (`control-thread.ts`), so that the director can wait for an
 * answer without being deaf.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { CalldrillError } from '../../../sim/errors.ts';
import { TOOL } from '../../runs/tool.ts';
import { controlError } from './errors.ts';
import { LineReader } from './line-reader.ts';
import {
  BEAT_MS,
  CONTROL_LINE_MAX,
  CONTROL_VERSION,
  lineOf,
  parseFromDevice,
  refusalOf,
  UNHEARD_MAX,
  type RemoteKind,
  type FromDevice,
  type ToDevice,
} from './message.ts';
import { isProof, newNonce, proofOf } from './proof.ts';

/** Connections that have not proved the token yet, at a time; beyond it the oldest of the source with most of them has to go. */
const STRANGERS_MAX = 32;
const STRANGER_MS = 5_000;
/** How long the other end may take to go when it was told to. */
const GOODBYE_MS = 1_000;
/** Characters of a line of somebody who has not proved the token. */
const STRANGER_LINE_MAX = 1_024;

/** What the server tells the director: its own port or failure, and who came, said something or went. */
export type DeviceTold =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'joined'; readonly device: string; readonly address: string; readonly proof: string }
  | { readonly kind: 'said'; readonly device: string; readonly message: FromDevice }
  | { readonly kind: 'lost'; readonly device: string; readonly reason: string };

/** Where the server listens, which devices it lets in with which token, and to whom it tells what happens. */
export interface ControlServerOptions {
  readonly bind: string;
  /** 0 asks for a free port. */
  readonly port: number;
  readonly token: string;
  /** The devices that may come. */
  readonly awaited: ReadonlyMap<string, RemoteKind>;
  /** IP address of the director's own sockets, which no device may have. */
  readonly own: string;
  /** Milliseconds between two beats; BEAT_MS when left out. */
  readonly beatMs?: number;
  readonly tell: (told: DeviceTold) => void;
}

interface Admitted {
  readonly socket: Socket;
  /** Beats since anything was heard of it. */
  unheard: number;
}

/** Listens from its construction on. A device that is admitted is heard until it breaks the rules, falls silent or goes. */
export class ControlServer {
  readonly #options: ControlServerOptions;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #devices = new Map<string, Admitted>();
  /** The IP address that each had last, whether it is here or not. */
  readonly #addresses = new Map<string, string>();
  readonly #beats: NodeJS.Timeout;
  /** In the order in which they came. */
  readonly #strangers = new Map<Socket, string>();

  constructor(options: ControlServerOptions) {
    const { bind, port, beatMs = BEAT_MS, tell } = options;
    this.#options = options;
    this.#server = createServer((socket) => this.#welcome(socket));
    this.#server.on('error', (error) => tell({ kind: 'failed', reason: error.message }));
    this.#server.listen({ host: bind, port }, () => {
      const address = this.#server.address();
      tell({ kind: 'listening', port: typeof address === 'object' && address !== null ? address.port : 0 });
    });
    this.#beats = setInterval(() => this.#beat(), beatMs);
  }

  send(device: string, message: ToDevice): void {
    this.#devices.get(device)?.socket.write(lineOf(message));
  }

  close(): void {
    clearInterval(this.#beats);
    this.#server.close();
    for (const socket of this.#sockets) {
      // A connection that is cut while something comes from the other end loses what was said to it last.
      socket.end();
      const timer = setTimeout(() => socket.destroy(), GOODBYE_MS);
      socket.once('close', () => clearTimeout(timer));
    }
  }

  #beat(): void {
    for (const device of this.#devices.values()) {
      if (++device.unheard > UNHEARD_MAX) device.socket.destroy(new Error('nothing is heard of it any more'));
      else device.socket.write(lineOf({ type: 'beat' }));
    }
  }

  #welcome(socket: Socket): void {
    if (this.#strangers.size >= STRANGERS_MAX) this.#makeRoom();
    this.#strangers.set(socket, socket.remoteAddress ?? '');
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    const nonce = newNonce();
    let device: string | undefined;
    let reason: string | undefined;
    let lines = new LineReader(STRANGER_LINE_MAX);
    const timer = setTimeout(() => socket.destroy(), STRANGER_MS);
    const known = (): void => {
      clearTimeout(timer);
      this.#strangers.delete(socket);
    };
    socket.on('data', (octets) => {
      if (reason !== undefined) return;
      const admitted = device === undefined ? undefined : this.#devices.get(device);
      if (admitted !== undefined) admitted.unheard = 0;
      try {
        for (const line of lines.push(octets)) {
          const message = parseFromDevice(line);
          if (device !== undefined) {
            if (message.type !== 'beat') this.#options.tell({ kind: 'said', device, message });
            continue;
          }
          device = this.#admit(socket, message, nonce);
          lines = new LineReader(CONTROL_LINE_MAX);
          known();
        }
      } catch (error) {
        if (!(error instanceof CalldrillError)) throw error;
        reason = `${error.code}: ${error.message}`;
        socket.end(lineOf({ type: 'bye', ...refusalOf(error) }));
      }
    });
    socket.on('error', (error) => (reason ??= error.message));
    socket.on('close', () => {
      this.#sockets.delete(socket);
      if (device === undefined) return known();
      this.#devices.delete(device);
      this.#options.tell({ kind: 'lost', device, reason: reason ?? 'its connection was closed' });
    });
    socket.write(lineOf({ type: 'challenge', version: CONTROL_VERSION, nonce }));
  }

  /** Whoever has the token proves it at once, so that it is those who hold on that have to go. */
  #makeRoom(): void {
    const counts = new Map<string, number>();
    for (const source of this.#strangers.values()) counts.set(source, (counts.get(source) ?? 0) + 1);
    const most = Math.max(...counts.values());
    for (const [socket, source] of this.#strangers) {
      if (counts.get(source) !== most) continue;
      this.#strangers.delete(socket);
      return void socket.destroy();
    }
  }

  /** Errors: CONTROL_TOKEN, CONTROL_LINE, CONTROL_VERSION, CONTROL_NOT_AWAITED, CONTROL_ADDRESS. */
  #admit(socket: Socket, message: FromDevice, nonce: string): string {
    const { token, awaited, own, tell } = this.#options;
    if (message.type !== 'hello') throw controlError('CONTROL_LINE', 'a device says hello first');
    const { name, kind, version, tool, proof, address } = message;
    if (version !== CONTROL_VERSION)
      throw controlError('CONTROL_LINE', `version ${version} of the control channel is not known`);
    if (!isProof(proof, proofOf(token, 'device', nonce, name)))
      throw controlError('CONTROL_TOKEN', `${name} does not know the token`);
    if (tool !== TOOL)
      throw controlError('CONTROL_VERSION', `${name} is ${tool}, and the director is ${TOOL}`);
    if (awaited.get(name) !== kind)
      throw controlError('CONTROL_NOT_AWAITED', `no ${kind} named ${name} is in the scenario`);
    if (this.#devices.has(name)) throw controlError('CONTROL_NOT_AWAITED', `${name} is here already`);
    const [other] =
      [...this.#addresses, ['the director', own] as const].find(
        ([each, at]) => each !== name && at === address,
      ) ?? [];
    if (other !== undefined) throw controlError('CONTROL_ADDRESS', `${other} has ${address} for itself`);
    this.#addresses.set(name, address);
    this.#devices.set(name, { socket, unheard: 0 });
    tell({ kind: 'joined', device: name, address, proof: proofOf(token, 'director', message.nonce, name) });
    return name;
  }
}
