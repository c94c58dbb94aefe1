using Tradewind.Chaos.World;
using Tradewind.Core.Model;

namespace Tradewind.Chaos.Host;

/// <summary>A program that stands still, as a stopped process or a sleeping machine does. What comes meanwhile is done afterwards, in the order in which it came, also when it stands still for longer than it seemed.</summary>
internal sealed class Standstill(Agenda agenda, Action<Action> run)
{
    private readonly Queue<Action> _waiting = new();
    private Timestamp _until;
    private int _life;

    public bool IsNow => agenda.Now < _until;

    /// <summary>Whether it stood still at any time from then on.</summary>
    public bool WasSince(Timestamp since) => _until > since;

    public void Begin(TimeSpan length) => _until = agenda.Now + length;

    /// <summary>The program is another one now: what waited is gone.</summary>
    public void Forget()
    {
        _waiting.Clear();
        _life++;
    }

    /// <summary>Now, or when its turn comes.</summary>
    public void Do(Action what)
    {
        if (!IsNow && _waiting.Count == 0)
        {
            run(what);
            return;
        }
        _waiting.Enqueue(what);
        if (_waiting.Count == 1) GoOn(_life);
    }

    private void GoOn(int life) => agenda.At(_until, () =>
    {
        while (life == _life && !IsNow && _waiting.TryDequeue(out Action? what)) run(what);
        if (life == _life && _waiting.Count > 0) GoOn(life);
    });
}
