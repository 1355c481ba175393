/** Legal forms of the businesses of the self-employed. INSEE, catégories juridiques, nomenclature in force in 2016. */
export const legalForms = {
  ei: { insee: '1000', label: 'Entrepreneur individuel' },
  eirl: { insee: '1000', label: 'Entrepreneur individuel à responsabilité limitée (EIRL)' },
  eurl: { insee: '5498', label: 'SARL unipersonnelle (EURL)' },
  sarl: { insee: '5499', label: 'Société à responsabilité limitée (SARL)' },
  snc: { insee: '5202', label: 'Société en nom collectif (SNC)' },
  scs: { insee: '5306', label: 'Société en commandite simple (SCS)' },
  sca: { insee: '5308', label: 'Société en commandite par actions (SCA)' },
  selarl: { insee: '5485', label: 'Société d’exercice libéral à responsabilité limitée (SELARL)' },
  scp: { insee: '6561', label: 'Société civile professionnelle (SCP)' },
  scm: { insee: '6589', label: 'Société civile de moyens (SCM)' },
} as const;

export type LegalForm = keyof typeof legalForms;
export const legalFormCodes = Object.keys(legalForms) as LegalForm[];

/** The form of a business with a person of its own ends by dissolution, that of a sole trader by cessation. */
export const isCompany = (form: LegalForm): boolean => form !== 'ei' && form !== 'eirl';
