import type { Command } from 'commander';
import type { Adding } from '../adding.js';
import { remote, type Remote } from '../remote.js';

export function addOperationCommands(adding: Adding): void {
  addParked(adding);
  addResend(adding);
  addCloseDay(adding);
  addToken(adding);
}

function addParked({ program, terminal, carryOut }: Adding): void {
  const parked = program.command('parked').description('les faits qu’un service n’a pas pu appliquer');
  const room = async (options: Remote) => {
    const [room, { findSystem }] = await Promise.all([import('./set-aside.js'), import('../finding.js')]);
    return { ...room, outlet: { client: findSystem(options), terminal } };
  };
  const named = (command: Command): Command => remote(command).argument('<identifiant>', 'tel que isu parked list l’affiche');

  remote(parked.command('list'))
    .description('les montre tous, ceux qui attendent quelqu’un d’abord')
    .option('--state <état>', 'retrying, behind, gap, parked, unreadable ou fork')
    .option('--stream <numéro>', 'un compte, ou flow/<partenaire>/<flux>')
    .action(async (options: Remote & { state?: string; stream?: string }) => {
      await carryOut(async () => {
        const { listSetAside, outlet } = await room(options);
        return listSetAside(options, outlet);
      });
    });
  named(parked.command('show').description('en montre un, avec son contenu')).action(async (name: string, options: Remote) => {
    await carryOut(async () => {
      const { showSetAside, outlet } = await room(options);
      return showSetAside(name, options, outlet);
    });
  });
  named(parked.command('retry').description('le fait réessayer maintenant')).action(async (name: string, options: Remote) => {
    await carryOut(async () => {
      const { retrySetAside, outlet } = await room(options);
      return retrySetAside(name, options, outlet);
    });
  });
  named(parked.command('give-up').description('continue sans lui ; le motif est gardé pour toujours'))
    .requiredOption('--reason <motif>', 'pourquoi, en 10 à 400 caractères')
    .action(async (name: string, options: Remote & { reason: string }) => {
      await carryOut(async () => {
        const { giveUpSetAside, outlet } = await room(options);
        return giveUpSetAside(name, options, outlet);
      });
    });
}

function addResend({ program, terminal, carryOut }: Adding): void {
  remote(program.command('resend'))
    .description('fait renvoyer à un service ses propres faits, quand le bus les a perdus')
    .requiredOption('--service <service>', 'affiliation, collection, benefits ou urssaf-sync')
    .requiredOption('--from <position>', 'la première position à renvoyer ; 0 pour tout')
    .action(async (options: Remote & { service: string; from: string }) => {
      await carryOut(async () => {
        const [{ resendCommand }, { findSystem }] = await Promise.all([import('./resend.js'), import('../finding.js')]);
        return resendCommand(options, { client: findSystem(options), terminal });
      });
    });
}

function addCloseDay({ program, terminal, carryOut }: Adding): void {
  remote(program.command('close-day'))
    .description('arrête une journée comptable')
    .argument('<date>', 'le jour, AAAA-MM-JJ')
    .action(async (day: string, options: Remote) => {
      await carryOut(async () => {
        const [{ closeDayCommand }, { findSystem }] = await Promise.all([import('./close-day.js'), import('../finding.js')]);
        return closeDayCommand(day, options, { client: findSystem(options), terminal });
      });
    });
}

function addToken({ program, terminal, carryOut }: Adding): void {
  remote(program.command('token'))
    .description('donne un jeton de développement (mode embarqué seulement)')
    .requiredOption('--role <rôle>', 'insured, agent, agent-national, auditor, operator, partner-system, service…')
    .option('--org <organisation>', 'rsi, urssaf, cell, partner, operator ou isu')
    .option('--region <caisses>', 'codes de caisse, par exemple 13 ou 13,26')
    .option('--account <numéro>', 'le compte de l’assuré')
    .option('--purpose <motif>', 'pourquoi des données personnelles seront lues')
    .option('--partner <partenaire>', 'le partenaire, par exemple urssaf')
    .action(async (options: Remote & { role: string }) => {
      await carryOut(async () => {
        const [{ tokenCommand }, { findSystem }] = await Promise.all([import('./token.js'), import('../finding.js')]);
        return tokenCommand(options, { client: findSystem(options), terminal });
      });
    });
}
