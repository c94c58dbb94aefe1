using Tradewind.Core.Orders;

namespace Tradewind.Core.Tests.Engine;

/// <summary>The laws that the table of an order's life keeps, cell by cell.</summary>
public sealed class OrderLifecycleTests
{
    private static readonly OrderEvent[] Ours = [OrderEvent.Approved, OrderEvent.Denied, OrderEvent.Sent, OrderEvent.SentAgain, OrderEvent.CancelRequested, OrderEvent.ModifyRequested];
    private static readonly OrderEvent[] Theirs = [.. Enum.GetValues<OrderEvent>().Except(Ours).Where(each => each != OrderEvent.None)];

    /// <summary>All that an order can be once it was handed out.</summary>
    private static readonly (OrderStatus Status, OrderDoubt Doubt)[] Lives =
    [
        .. Enum.GetValues<OrderStatus>()
            .Except([OrderStatus.Draft, OrderStatus.Approved, OrderStatus.Denied, OrderStatus.InDoubt]).Select(status => (status, OrderDoubt.None)),
        (OrderStatus.InDoubt, OrderDoubt.Submit), (OrderStatus.InDoubt, OrderDoubt.Cancel), (OrderStatus.InDoubt, OrderDoubt.Modify),
    ];

    [Fact]
    public void ADraftIsApprovedOrDeniedAndOnlyWhatIsApprovedIsSent()
    {
        Assert.Equal(OrderStatus.Approved, After(OrderStatus.Draft, OrderDoubt.None, OrderEvent.Approved).Status);
        Assert.Equal(OrderStatus.Denied, After(OrderStatus.Draft, OrderDoubt.None, OrderEvent.Denied).Status);
        Assert.Equal(OrderStatus.Sending, After(OrderStatus.Approved, OrderDoubt.None, OrderEvent.Sent).Status);
        foreach (OrderEvent each in Enum.GetValues<OrderEvent>())
        {
            if (each is not (OrderEvent.Approved or OrderEvent.Denied)) Assert.Throws<InvalidOperationException>(() => After(OrderStatus.Draft, OrderDoubt.None, each));
            if (each != OrderEvent.Sent) Assert.Throws<InvalidOperationException>(() => After(OrderStatus.Approved, OrderDoubt.None, each));
            Assert.Throws<InvalidOperationException>(() => After(OrderStatus.Denied, OrderDoubt.None, each));
        }
    }

    [Fact]
    public void NothingThatAVenueSaysIsImpossible()
    {
        foreach ((OrderStatus status, OrderDoubt doubt) in Lives)
        {
            foreach (OrderEvent said in Theirs) After(status, doubt, said);
        }
    }

    [Fact]
    public void WhatEndedIsOpenedAgainOnlyByAnExecutionOrByTheVenueShowingThatItWorks()
    {
        foreach ((OrderStatus status, OrderDoubt doubt) in Lives.Where(life => life.Status.IsFinal()))
        {
            foreach (OrderEvent said in Theirs)
            {
                OrderStatus then = After(status, doubt, said).Status;
                bool mayOpen = said is OrderEvent.FilledPartly or OrderEvent.FilledWhole or OrderEvent.Found;
                if (!mayOpen) Assert.Equal(status, then);
            }
        }
    }

    [Fact]
    public void WhatIsFilledWholeStaysThat()
    {
        foreach (OrderEvent said in Theirs) Assert.Equal(OrderStatus.Filled, After(OrderStatus.Filled, OrderDoubt.None, said).Status);
    }

    [Fact]
    public void FromInDoubtOnlyAProofOfAbsenceLetsTheSameOrderBeSentAgain()
    {
        Assert.Equal(OrderStatus.Sending, After(OrderStatus.InDoubt, OrderDoubt.Submit, OrderEvent.SentAgain).Status);
        // After a restart it may be proven absent before anybody called it in doubt.
        Assert.Equal(OrderStatus.Sending, After(OrderStatus.Sending, OrderDoubt.None, OrderEvent.SentAgain).Status);
        foreach ((OrderStatus status, OrderDoubt doubt) in Lives.Where(life => life.Doubt != OrderDoubt.Submit && life.Status != OrderStatus.Sending))
        {
            Assert.Throws<InvalidOperationException>(() => After(status, doubt, OrderEvent.SentAgain));
        }
        // A modification is asked of nothing that is in doubt, and a cancel of none that may not be there.
        foreach (OrderDoubt doubt in (OrderDoubt[])[OrderDoubt.Submit, OrderDoubt.Cancel, OrderDoubt.Modify]) Assert.Throws<InvalidOperationException>(() => After(OrderStatus.InDoubt, doubt, OrderEvent.ModifyRequested));
        Assert.False(After(OrderStatus.InDoubt, OrderDoubt.Submit, OrderEvent.CancelRequested).IsTold);
    }

    [Fact]
    public void NoAnswerIsNeverAnEnd()
    {
        foreach ((OrderStatus status, OrderDoubt doubt) in Lives)
        {
            foreach (OrderEvent silence in (OrderEvent[])[OrderEvent.SubmitInDoubt, OrderEvent.CancelInDoubt, OrderEvent.ModifyInDoubt])
            {
                (OrderStatus then, _, _) = After(status, doubt, silence);
                Assert.True(then == status || then == OrderStatus.InDoubt, $"{status} became {then} by {silence}");
            }
        }
    }

    [Theory]
    [InlineData(OrderStatus.Sending, OrderEvent.SubmitInDoubt, OrderDoubt.Submit)]
    [InlineData(OrderStatus.CancelPending, OrderEvent.CancelInDoubt, OrderDoubt.Cancel)]
    [InlineData(OrderStatus.ModifyPending, OrderEvent.ModifyInDoubt, OrderDoubt.Modify)]
    public void WhatWasAskedLastIsWhatIsInDoubt(OrderStatus status, OrderEvent silence, OrderDoubt doubt)
    {
        Assert.Equal((OrderStatus.InDoubt, doubt, true), After(status, OrderDoubt.None, silence));
    }

    [Theory]
    [InlineData(false, false, OrderStatus.Sending)]
    [InlineData(true, false, OrderStatus.Working)]
    [InlineData(true, true, OrderStatus.PartiallyFilled)]
    public void ARefusedCancelLeavesTheOrderAsFarAsItWas(bool isKnown, bool isFilled, OrderStatus then)
    {
        Assert.Equal(then, After(OrderStatus.CancelPending, OrderDoubt.None, OrderEvent.CancelRejected, isKnown, isFilled).Status);
    }

    private static (OrderStatus Status, OrderDoubt Doubt, bool IsTold) After(OrderStatus status, OrderDoubt doubt, OrderEvent happened, bool isKnown = true, bool isFilled = false)
    {
        bool isTold = OrderLifecycle.TryMove(ref status, ref doubt, happened, isKnown, isFilled);
        return (status, doubt, isTold);
    }
}
