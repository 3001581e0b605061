/** The agent of the MDM on a phone: it wipes when it is told to, and says that it has. Part of the platform, not of the app. */
import { CalldrillError } from '../../sim/errors.ts';
import type { Attachment } from '../../network/fabric.ts';
import { decodeWipeMessage, encodeWipeMessage, MDM_AGENT_PORT } from '../mdm/index.ts';

/** Listens for orders; `wipe` is called for each, and says whether the phone is wiped now: only that is acknowledged. */
export function listenToMdm(attachment: Attachment, wipe: () => boolean): void {
  const socket = attachment.openDatagram(MDM_AGENT_PORT, (from, octets) => {
    try {
      const { kind, order } = decodeWipeMessage(octets);
      if (kind !== 'wipe' || !wipe()) return;
      socket.send(from, encodeWipeMessage({ kind: 'wiped', order }));
    } catch (error) {
      // Anybody may send to the port; what is not an order is ignored.
      if (!(error instanceof CalldrillError)) throw error;
    }
  });
}
