import type { RateLimiter } from '../rate-limit.ts';
import { renderApp } from '../render/app.ts';
import { created, notFound, ok } from '../reply.ts';
import { ANYONE, type Route, textOf } from '../route.ts';
import { getApp } from '../world.ts';

/** Limits, the server's description of itself, and the last step of the manifest flow. */
export function miscellaneous(limiter: RateLimiter): readonly Route[] {
  return [
    { operation: 'rate-limit/get', needs: ANYONE, handle: ({ actor }) => ok(limiter.overview(actor)) },
    {
      operation: 'meta/get',
      needs: ANYONE,
      handle: () => ok({ verifiable_password_authentication: false }),
    },
    {
      operation: 'apps/create-from-manifest',
      needs: ANYONE,
      handle: (call) => {
        const code = textOf(call, 'code');
        const made = call.world.manifestCodes.get(code);
        if (made === undefined) throw notFound();
        call.world.manifestCodes.delete(code);
        const app = getApp(call.world, made.appId);
        const secret = app.hook.secret === '' ? null : app.hook.secret;
        return created({
          ...renderApp(call.world, app),
          client_secret: `secret-of-${app.id}`,
          webhook_secret: secret,
          pem: made.privateKey,
        });
      },
    },
  ];
}
