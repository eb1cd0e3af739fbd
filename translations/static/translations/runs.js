// Shows how far the drafts are while somebody looks. Without this script loading the page again does the same.
(() => {
  const list = document.querySelector('[data-runs]');
  if (!list) return;
  const look = async () => {
    if (document.hidden) return true;
    const answer = await fetch(list.dataset.runs, { credentials: 'same-origin' });
    if (!answer.ok) return false;
    const { runs } = await answer.json();
    for (const run of runs) {
      const row = list.querySelector(`[data-run="${run.id}"]`);
      if (!row) continue;
      row.querySelector('progress').value = run.done + run.failed;
      const status = row.querySelector('[role=status]');
      if (status.textContent !== run.sentence) status.textContent = run.sentence;
    }
    return runs.some((run) => run.done + run.failed < run.of);
  };
  const again = () => setTimeout(() => look().then((more) => more && again(), () => {}), 2000);
  again();
})();
