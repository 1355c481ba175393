import { Page, Section } from '../ui/page.js';

export function Accessibility() {
  return (
    <Page title="Accessibilité" lead="Chaque démarche doit pouvoir se faire au clavier, au lecteur d’écran et sur un téléphone." narrow>
      <Section title="Ce que nous visons">
        <p>
          Le niveau AA des règles internationales WCAG 2.2. Chaque page est essayée à chaque changement par un programme de contrôle, au
          clavier seul, et sur un écran de 360 points de large.
        </p>
      </Section>
      <Section title="Ce qui vous aide">
        <ul>
          <li>Le premier lien de chaque page mène droit au contenu.</li>
          <li>Les tableaux deviennent des fiches sur un petit écran ; chaque graphique a son tableau.</li>
          <li>Les couleurs suivent le réglage clair ou sombre de votre appareil, et ne disent jamais rien à elles seules.</li>
          <li>Rien ne bouge si vous avez demandé moins d’animations.</li>
        </ul>
      </Section>
      <Section title="Une difficulté ?">
        <p>
          Si une page vous résiste, dites-le à votre caisse par téléphone ou par courrier : un agent fera la démarche avec vous, et nous
          corrigerons la page. Si la réponse ne vous convient pas, vous pouvez saisir le Défenseur des droits.
        </p>
      </Section>
    </Page>
  );
}
