import { type EventMarks, marksOf } from '../github/event-marks.ts';
import { idAt, type Payload, textAt } from '../github/payload.ts';
import type { Delivery } from '../store/ports.ts';

/** A webhook as the store takes it, and whether there is anything in it to work on. */
export interface ReadDelivery {
  readonly outcome: EventMarks['outcome'];
  readonly delivery: Delivery;
}

/** Reads a webhook that is known to be GitHub's. `receivedAt`: milliseconds since the epoch. Never throws. */
export function toDelivery(
  appId: number,
  guid: string,
  event: string,
  payload: Payload,
  receivedAt: number,
): ReadDelivery {
  const { outcome, marks, hints } = marksOf(event, payload, appId);
  const action = textAt(payload, 'action');
  const installationId = idAt(payload, 'installation', 'id');
  const delivery = {
    guid,
    event,
    receivedAt,
    marks,
    hints,
    ...(action === undefined ? {} : { action }),
    ...(installationId === undefined ? {} : { installationId }),
  };
  return { outcome, delivery };
}
