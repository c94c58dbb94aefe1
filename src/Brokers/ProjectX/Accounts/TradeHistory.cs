using Tradewind.Brokers.ProjectX.Rest;
using Tradewind.Core.Model;

namespace Tradewind.Brokers.ProjectX.Accounts;

/// <summary>All executions since a time: a list that may have been cut is asked for again in two parts, before and after the time of its middle row, and so are these.</summary>
internal sealed class TradeHistory(AccountClient accounts, long accountId)
{
    /// <summary>No cap is documented, and where there is one it will be a round number.</summary>
    private const int RoundNumber = 500;

    /// <summary>With lists of 500 that is enough for some 5,000 executions; more of one time that is asked for are not to be expected.</summary>
    private const int MostQuestions = 40;

    /// <summary>Whether a list of so many rows may lack others.</summary>
    public static bool MayBeCut(int rows) => rows > 0 && rows % RoundNumber == 0;

    /// <returns>The rows, each once, and whether they are certainly all.</returns>
    public async Task<(RestResult<IReadOnlyList<TradeRow>> Answer, bool IsWhole)> ReadAsync(Timestamp since, CancellationToken cancel)
    {
        List<TradeRow> rows = [];
        bool isWhole = true;
        Stack<(Timestamp Since, Timestamp? Until)> open = new([(since, null)]);
        for (int questions = 0; open.TryPop(out (Timestamp Since, Timestamp? Until) span); questions++)
        {
            RestResult<IReadOnlyList<TradeRow>> part = await accounts.TradesAsync(accountId, span.Since, span.Until, cancel);
            if (!part.IsSuccess) return (part, false);
            rows.AddRange(part.Value);
            if (!MayBeCut(part.Value.Count)) continue;
            Timestamp middle = MiddleOf(part.Value);
            if (middle > span.Since && middle != span.Until && questions < MostQuestions)
            {
                open.Push((middle, span.Until));
                open.Push((span.Since, middle));
            }
            else isWhole = false;
        }
        return (new([.. rows.DistinctBy(row => row.Id)]), isWhole);
    }

    /// <summary>The default where no row says when it was.</summary>
    private static Timestamp MiddleOf(IReadOnlyList<TradeRow> rows)
    {
        Timestamp[] times = [.. rows.Select(row => row.Created).OfType<Timestamp>().Order()];
        return times.Length == 0 ? default : times[times.Length / 2];
    }
}
