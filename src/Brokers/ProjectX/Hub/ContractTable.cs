using System.Text;

namespace Tradewind.Brokers.ProjectX.Hub;

/// <summary>The contracts that were asked for, found by the bytes of their id. Read by the receiving thread while a roll replaces it.</summary>
internal sealed class ContractTable
{
    private byte[][] _ids;

    public ContractTable(IReadOnlyList<string> contractIds) => _ids = [.. contractIds.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Position in the list; -1 when it is not there.</summary>
    public int IndexOf(ReadOnlySpan<byte> contractId)
    {
        byte[][] ids = Volatile.Read(ref _ids);
        for (int i = 0; i < ids.Length; i++)
        {
            if (contractId.SequenceEqual(ids[i])) return i;
        }
        return -1;
    }

    public string this[int index] => Encoding.UTF8.GetString(Volatile.Read(ref _ids)[index]);

    public void Replace(int index, string contractId)
    {
        byte[][] ids = [.. Volatile.Read(ref _ids)];
        ids[index] = Encoding.UTF8.GetBytes(contractId);
        Volatile.Write(ref _ids, ids);
    }
}
