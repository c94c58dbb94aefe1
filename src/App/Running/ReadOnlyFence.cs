using Tradewind.Live;

namespace Tradewind.App.Running;

/// <summary>Lets nothing out: another engine has the account.</summary>
internal sealed class ReadOnlyFence(string why) : IFence
{
    public ValueTask<IDisposable> EnterAsync(CancellationToken cancel) => throw new NotSentException(why);
}
