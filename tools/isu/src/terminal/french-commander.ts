import type { Command, CommanderError } from 'commander';

/** Wordings of commander's own refusals: the quoted part of its English message is kept. */
const wordings: Readonly<Record<string, (quoted: string) => string>> = {
  'commander.unknownOption': (quoted) => `option inconnue : ${quoted}`,
  'commander.unknownCommand': (quoted) => `commande inconnue : ${quoted}`,
  'commander.missingArgument': (quoted) => `il manque l’argument « ${quoted} »`,
  'commander.optionMissingArgument': (quoted) => `il manque la valeur de ${quoted}`,
  'commander.missingMandatoryOptionValue': (quoted) => `il manque l’option ${quoted}`,
  'commander.invalidArgument': (quoted) => `valeur refusée : ${quoted}`,
  'commander.excessArguments': () => 'trop d’arguments',
};

export function wordingOf({ code, message }: CommanderError): string {
  const quoted = /'([^']*)'/.exec(message)?.[1] ?? '';
  return wordings[code]?.(quoted) ?? message;
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': 'Utilisation :',
  'Arguments:': 'Arguments :',
  'Options:': 'Options :',
  'Commands:': 'Commandes :',
};

/** Help in French, and refusals thrown instead of printed, for this command and those added to it. */
export function inFrench(command: Command): Command {
  return command
    .exitOverride()
    .helpOption('-h, --help', 'affiche cette aide')
    .helpCommand('help [commande]', 'affiche l’aide d’une commande')
    .configureHelp({ styleTitle: (title) => titles[title] ?? title })
    .configureOutput({ writeErr: () => undefined });
}
