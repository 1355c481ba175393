import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { queries, takeWhatWasAskedAhead } from './asking/queries.js';
import { routes } from './routes.js';
import './styles/index.css';

const place = document.getElementById('app');
if (place === null) throw new Error('the page has no place for the application');

const router = createBrowserRouter(routes);

/** Until the pieces of the page have come, what the document holds stays on the screen (first-sight.tsx). */
const ready = new Promise<void>((resolve) => {
  if (router.state.initialized) resolve();
  else {
    const unsubscribe = router.subscribe(({ initialized }) => {
      if (!initialized) return;
      unsubscribe();
      resolve();
    });
  }
});

/** Who waits longer for an answer is better told so by the application. */
const patienceMs = 4_000;
const known = Promise.race([takeWhatWasAskedAhead(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);

/** As a transition, rendering makes way for whatever the person does meanwhile: the first sight can be scrolled and its links followed. */
void Promise.all([ready, known]).then(() =>
  startTransition(() =>
    createRoot(place).render(
      <StrictMode>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </StrictMode>,
    ),
  ),
);
