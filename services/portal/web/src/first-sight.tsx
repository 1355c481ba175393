import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToString } from 'react-dom/server';
import { createStaticHandler, createStaticRouter, StaticRouterProvider } from 'react-router';
import { routes } from './routes.js';

async function firstSight(address: string): Promise<string> {
  const { query, dataRoutes } = createStaticHandler(routes);
  const context = await query(new Request(`http://first.sight${address}`));
  if (context instanceof Response) throw new Error(`${address} leads elsewhere: it has no first sight of its own`);
  for (const fault of Object.values(context.errors ?? {})) throw fault;
  const html = renderToString(
    <QueryClientProvider client={new QueryClient()}>
      <StaticRouterProvider router={createStaticRouter(dataRoutes, context)} context={context} hydrate={false} />
    </QueryClientProvider>,
  );
  // The title is the document's own affair, and no script may stand in it.
  return html.replace(/<title>.*?<\/title>/u, '');
}

/**
 * What each area shows before anything has been asked: the app's own pages, rendered while it is built, so that a phone has something to
 * read before the script has come (area-documents.mjs). Nobody is known there yet, so nothing of anybody is in it.
 */
export const firstSights: ReadonlyMap<string, string> = new Map(
  await Promise.all(['mon-compte', 'bureau', 'connexion', 'simulateur'].map(async (area) => [area, await firstSight(`/${area}`)] as const)),
);
