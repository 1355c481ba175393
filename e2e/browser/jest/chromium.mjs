/** The Chromium of a test run: the one that CHROMIUM_PATH names, else the one that Debian installs. */
import { existsSync } from 'node:fs';

export const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Why no page can be opened here, or null. */
export const whyNoChromium = () => (existsSync(chromiumPath) ? null : `no Chromium at ${chromiumPath}; CHROMIUM_PATH names another`);

/** In a container there is neither a sandbox for root nor a large /dev/shm. */
export const chromiumArguments = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', '--lang=fr-FR'];
