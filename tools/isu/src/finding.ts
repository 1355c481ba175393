import { DataFolder } from './folder.js';
import { SystemClient, SystemUnreachable } from './system-client.js';

export interface WhereToLook {
  readonly url?: string;
}

/** The running system: where `--url` or `ISU_URL` says, else the one that runs on the data folder of this directory. */
export function findSystem({ url }: WhereToLook, variables: NodeJS.ProcessEnv = process.env): SystemClient {
  const folder = dataFolderPath(variables);
  const found = url ?? variables['ISU_URL'] ?? DataFolder.urlOf(folder);
  if (!found) {
    throw new SystemUnreachable(
      `Aucun système ISU ne tourne sur le dossier ${folder}. Démarrez-le (npm start), ou dites où il est : --url http://127.0.0.1:8080`,
    );
  }
  return new SystemClient(found.replace(/\/+$/, ''), variables['ISU_TOKEN']);
}

export const dataFolderPath = (variables: NodeJS.ProcessEnv = process.env): string => variables['ISU_FOLDER'] ?? '.isu/data';

/** The folder of the system that is spoken to, if it runs on the one of this machine: its development keys are there. */
export const folderOf = ({ url }: SystemClient, folder = dataFolderPath()): string | null =>
  DataFolder.urlOf(folder) === url ? folder : null;
