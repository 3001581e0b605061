/**
 * The agent of the MDM on a phone: it wipes when it is told to, says what the phone runs, and has it keep to policies. Part of the platform,
 * not of the app. What is done is answered; an order that nothing was done about is not.
 */
import { CalldrillError } from '../../sim/errors.ts';
import type { Attachment } from '../../network/fabric.ts';
import { decodeMdmMessage, encodeMdmMessage, MDM_AGENT_PORT } from '../mdm/index.ts';

/** What the phone does when the MDM asks for it. */
export interface MdmOrders {
  /** True when the phone is wiped. */
  readonly wipe: () => boolean;
  /** What it runs, by name. */
  readonly report: () => Readonly<Record<string, string>>;
  /** Keeps to a policy from now on. */
  readonly keep: (policy: Readonly<Record<string, string>>) => void;
}

/** Listens for orders, and answers them. */
export function listenToMdm(attachment: Attachment, { wipe, report, keep }: MdmOrders): void {
  const socket = attachment.openDatagram(MDM_AGENT_PORT, (from, octets) => {
    try {
      const { kind, order, values } = decodeMdmMessage(octets);
      if (kind === 'wipe' && wipe())
        socket.send(from, encodeMdmMessage({ kind: 'wiped', order, values: {} }));
      if (kind === 'inventory')
        socket.send(from, encodeMdmMessage({ kind: 'report', order, values: report() }));
      if (kind !== 'policy') return;
      keep(values);
      socket.send(from, encodeMdmMessage({ kind: 'kept', order, values: {} }));
    } catch (error) {
      // Anybody may send to the port; what is not an order is ignored.
      if (!(error instanceof CalldrillError)) throw error;
    }
  });
}
