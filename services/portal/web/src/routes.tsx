import { redirect, type RouteObject } from 'react-router';
import { Broken } from './layout/broken.js';
import { NotFound } from './layout/not-found.js';
import { Shell } from './layout/shell.js';
import { Waiting } from './ui/states.js';

/** Every address of the app. Each area is loaded when it is first entered. */
export const routes: RouteObject[] = [
  {
    element: <Shell />,
    HydrateFallback: Waiting,
    ErrorBoundary: Broken,
    children: [
      { path: '/', loader: () => redirect('/mon-compte') },
      { path: 'connexion', lazy: async () => ({ Component: (await import('./access/sign-in.js')).SignIn }) },
      { path: 'ouvrir-mon-compte', lazy: async () => ({ Component: (await import('./access/open-account.js')).OpenAccount }) },
      { path: 'mot-de-passe', lazy: async () => ({ Component: (await import('./access/choose-password.js')).ChoosePassword }) },
      {
        path: 'mot-de-passe/oublie',
        lazy: async () => ({ Component: (await import('./access/forgotten-password.js')).ForgottenPassword }),
      },
      { path: 'simulateur', lazy: async () => ({ Component: (await import('./simulator/simulator.js')).Simulator }) },
      { path: 'delais', lazy: async () => ({ Component: (await import('./delays/payment-delays.js')).PaymentDelays }) },
      { path: 'accessibilite', lazy: async () => ({ Component: (await import('./layout/accessibility.js')).Accessibility }) },
      { path: 'mon-compte/*', lazy: async () => ({ Component: (await import('./account/account-area.js')).AccountArea }) },
      { path: 'bureau/*', lazy: async () => ({ Component: (await import('./desk/desk-area.js')).DeskArea }) },
      { path: '*', Component: NotFound },
    ],
  },
];
